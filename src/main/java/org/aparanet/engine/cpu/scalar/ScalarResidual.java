package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Residual sum in plain Java. Its gradient is passed to the branch's end here, and to the branch's
 * first layer, which keeps it until its own backward pass.
 */
final class ScalarResidual extends ScalarLayer {
  private final PlaneOperations planes;
  private final ScalarLayer start; // of the branch

  /**
   * @param start first layer of the branch
   */
  ScalarResidual(Node node, ScalarLayer start, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
    this.start = start;
  }

  @Override
  void forward(float[] parameters) {
    for (int row = 0; row < slice.images(); row++) {
      planes.add(in(row), input, in(row), start.input, out(row), output, false);
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return;
    }
    start.keepSkipped(dOutput);
    for (int row = 0; row < slice.images(); row++) {
      planes.copy(out(row), dOutput, in(row), dInput, false);
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
