package org.aparanet.engine.cpu.channel;

import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;

/**
 * A max-pool of one image with channels in the lanes. A slice keeps, for each window, the number of
 * its first maximum.
 */
final class ChannelMaxPool extends ChannelLayer {
  private final Pooling pooling;
  private final int lanes;

  ChannelMaxPool(Node node, MaxPool layer, ChannelLayers layers) {
    super(node, layers);
    LaneMemory memory = layers.memory();
    lanes = memory.lanes();
    pooling =
        Pooling.of(
            node,
            layer.size(),
            layer.size(),
            layer.stride(),
            layer.padding(),
            memory.input(node),
            memory.output(node),
            lanes);
  }

  @Override
  int kept() {
    return pooling.windows() * lanes;
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    if (s.inference()) {
      s.vectors.maxima(pooling, 0, pooling.channels(), s.memory);
    } else {
      s.vectors.maxPool(pooling, 0, pooling.channels(), s.memory, s.kept(node));
    }
  }

  @Override
  void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    s.vectors.maxPoolBackward(pooling, 0, pooling.channels(), s.memory, s.kept(node));
    s.lap(node, Direction.BACKWARD);
  }
}
