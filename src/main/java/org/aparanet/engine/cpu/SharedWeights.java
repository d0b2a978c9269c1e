package org.aparanet.engine.cpu;

import org.aparanet.engine.cpu.lane.LaneLayers;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Rules for whether few images are computed together, one in each lane, though most lanes stay
 * empty: where weights are more than a core's cache holds, computing the images one by one reads
 * them anew for each. Costs are counted in multiply-adds with images in the lanes, and were fitted
 * to single measurements of a few shapes on one machine.
 */
final class SharedWeights {
  /** Parameters that are more than a core's second-level cache: 2^19, 2 MiB. */
  private static final int MANY = 1 << 19;

  /** Cost of reading a weight from memory in inference. */
  private static final long READING = 32;

  /** Cost of reading a weight twice and adding to its gradient. */
  private static final long TRAINING = 400;

  /** Cost of a multiply-add, forward and for both gradients, with channels in the lanes. */
  private static final long ONE_BY_ONE = 5;

  private SharedWeights() {}

  /** For a training step of {@code batch} images. */
  static boolean worthTraining(Network network, int batch, int lanes) {
    if (batch == 1 || network.parameterCount() < MANY) {
      return false;
    }
    long weights = TRAINING * network.parameterCount();
    long together = 0;
    for (Node node : network.nodes()) {
      boolean winograd =
          node.layer() instanceof Convolution convolution && Winograd.suits(node, convolution);
      together += 3 * node.multiplyAdds() / (winograd ? 2 : 1);
    }
    return batch * (ONE_BY_ONE * network.multiplyAdds() + weights) >= lanes * together + weights;
  }

  /**
   * For inference of {@code batch} images, where channels in the lanes are as fast as images, and
   * only large dense layers read more than they compute.
   */
  static boolean worthInferring(Network network, int batch, int lanes) {
    if (batch == 1 || network.parameterCount() < MANY) {
      return false;
    }
    long dense = LaneLayers.largeDense(network, lanes).stream().mapToLong(Node::multiplyAdds).sum();
    long others = network.multiplyAdds() - dense;
    return dense > 0 && (batch - 1) * READING * dense >= (lanes - batch) * others;
  }
}
