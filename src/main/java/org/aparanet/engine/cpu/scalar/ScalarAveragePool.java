package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.engine.cpu.vector.LaneTensor;
import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** An average pool in plain Java, over windows or over whole planes. */
final class ScalarAveragePool extends ScalarLayer {
  private final PlaneOperations planes;
  private final Pooling pooling; // of one image

  /**
   * @param height rows of a window
   * @param width columns of a window
   */
  ScalarAveragePool(Node node, int height, int width, int stride, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
    LaneTensor in = new LaneTensor(in(0), in(0));
    LaneTensor out = new LaneTensor(out(0), out(0));
    pooling = Pooling.of(node, height, width, stride, 0, in, out, 1);
  }

  @Override
  void forward(float[] parameters) {
    for (int row = 0; row < slice.images(); row++) {
      planes.averagePool(pooling, input, in(row).at(), output, out(row).at());
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return;
    }
    for (int row = 0; row < slice.images(); row++) {
      int at = in(row).at();
      Arrays.fill(dInput, at, at + node.input().size(), 0f);
      planes.averagePoolBackward(pooling, dOutput, out(row).at(), dInput, at);
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
