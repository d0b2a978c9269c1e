package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Dropout;
import org.aparanet.model.Network.Node;

/** Dropout in plain Java. */
final class ScalarDropout extends ScalarLayer {
  private final PlaneOperations planes;
  private final Dropout layer;
  private final float[][] masks; // by row: the factor of each element

  ScalarDropout(Node node, Dropout layer, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
    this.layer = layer;
    masks = new float[layers.largestSlice()][node.output().size()];
  }

  @Override
  void forward(float[] parameters) {
    for (int row = 0; row < slice.images(); row++) {
      if (slice.dropout() == null) {
        planes.copy(in(row), input, out(row), output, false);
      } else {
        slice.dropout().fill(node, layer, slice.first() + row, masks[row], 0, 1);
        planes.multiply(in(row), input, masks[row], out(row), output, false);
      }
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return;
    }
    for (int row = 0; row < slice.images(); row++) {
      planes.multiply(out(row), dOutput, masks[row], in(row), dInput, false);
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
