package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.Network.Node;

/** A leaky ReLU in plain Java. */
final class ScalarLeakyRelu extends ScalarLayer {
  private final PlaneOperations planes;
  private final float slope;

  ScalarLeakyRelu(Node node, LeakyRelu layer, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
    slope = layer.slope();
  }

  @Override
  void forward(float[] parameters) {
    for (int row = 0; row < slice.images(); row++) {
      planes.leakyRelu(slope, in(row), input, out(row), output, false);
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return;
    }
    for (int row = 0; row < slice.images(); row++) {
      planes.leakyReluBackward(slope, in(row), input, out(row), dOutput, in(row), dInput);
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
