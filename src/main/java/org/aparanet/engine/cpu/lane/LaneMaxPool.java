package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.Pooling;
import org.aparanet.engine.support.StepParts.Direction;
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
    super(node, layers);
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
  void forward(LaneSlice s, float[] parameters) {
    if (convolution == null) {
      forwardAlone(s);
    }
    if (relu) {
      s.operations.relu(out.size(), s.memory, out.at());
    }
  }

  /** The maxima of all windows, without ReLU. */
  void forwardAlone(LaneSlice s) {
    if (s.inference()) {
      s.operations.maxima(pooling, s.memory);
    } else {
      s.operations.maxPool(pooling, s.memory, s.kept(node));
    }
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    if (convolution == null || !convolution.poolsGradient()) {
      backwardAlone(s);
      s.lap(node, Direction.BACKWARD);
    }
  }

  /** The gradient of the input, without ReLU. */
  void backwardAlone(LaneSlice s) {
    s.operations.maxPoolBackward(pooling, s.memory, s.kept(node));
  }
}
