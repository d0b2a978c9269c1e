package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;

/**
 * A max-pool with images in the lanes. A slice keeps, for each window, the number of its first
 * maximum.
 */
final class LaneMaxPool extends LaneLayer {
  private final Pooling pooling;
  private final LaneConvolution convolution; // computes the maxima; null where it is this layer
  private final int lanes;

  /**
   * @param convolution with which the pool is computed; null where it is computed alone
   */
  LaneMaxPool(Node node, MaxPool layer, LaneLayers layers, LaneConvolution convolution) {
    super(node, layers, true);
    pooling = pooling(node, layer, layers.memory());
    this.convolution = convolution;
    lanes = layers.memory().lanes();
  }

  /** The windows of a max-pool. */
  static Pooling pooling(Node node, MaxPool layer, LaneMemory memory) {
    return Pooling.of(
        node,
        layer.size(),
        layer.size(),
        layer.stride(),
        layer.padding(),
        memory.input(node),
        memory.output(node),
        memory.lanes());
  }

  /** The convolution that computes the maxima; null where it is this layer. */
  LaneConvolution convolution() {
    return convolution;
  }

  @Override
  int kept() {
    return pooling.windows() * lanes;
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    if (convolution == null) {
      forwardAlone(s, p);
    }
    if (relu) {
      LaneLayout some = p.of(out);
      p.operations.relu(some.size(), s.memory, some.at());
    }
  }

  /** The maxima of all windows, without ReLU. */
  void forwardAlone(LaneSlice s, LanePart p) {
    int from = p.from(pooling.channels());
    int to = p.to(pooling.channels());
    if (s.inference()) {
      p.operations.maxima(pooling, from, to, s.memory);
    } else {
      p.operations.maxPool(pooling, from, to, s.memory, s.kept(node));
    }
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    if (convolution == null || !convolution.poolsGradient()) {
      int from = p.from(pooling.channels());
      int to = p.to(pooling.channels());
      p.operations.maxPoolBackward(pooling, from, to, s.memory, s.kept(node));
    }
  }
}
