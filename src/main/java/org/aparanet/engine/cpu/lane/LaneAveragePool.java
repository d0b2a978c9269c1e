package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.model.Network.Node;

/** An average pool with images in the lanes, over windows or over whole planes. */
final class LaneAveragePool extends LaneLayer {
  private final Pooling pooling;

  /**
   * @param height rows of a window
   * @param width columns of a window
   */
  LaneAveragePool(Node node, int height, int width, int stride, LaneLayers layers) {
    super(node, layers, false);
    LaneMemory memory = layers.memory();
    pooling =
        Pooling.of(
            node,
            height,
            width,
            stride,
            0,
            memory.input(node),
            memory.output(node),
            memory.lanes());
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.averagePool(pooling, s.memory, 0, s.memory, 0);
    if (relu) {
      p.operations.relu(out.size(), s.memory, out.at());
    }
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.averagePoolBackward(pooling, s.memory, 0, s.memory, 0);
  }
}
