package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * A layer fused with those behind it that the same pass computes: a convolution, a dense layer, a
 * batch normalisation or a residual sum with its ReLU, and a convolution with a 2 x 2 max-pool. A
 * value at which a branch begins keeps a pass of its own.
 *
 * @param node the layer itself
 * @param relu whether a ReLU stands behind it; in front of a max-pool or behind it, which comes to
 *     the same
 * @param pool the max-pool behind it; null without one
 * @param output shape of one image's output behind all of them
 */
record FusedLayer(Network.Node node, boolean relu, Network.Node pool, Shape output) {

  /** Whether a max-pool is computed in the same pass. */
  boolean pooled() {
    return pool != null;
  }

  /** A network's layers, fused where that is possible, in the order of the forward pass. */
  static List<FusedLayer> of(Network network) {
    List<FusedLayer> fused = new ArrayList<>();
    List<Network.Node> nodes = network.nodes();
    int i = 0;
    while (i < nodes.size()) {
      Network.Node node = nodes.get(i++);
      LayerPasses first = LayerPasses.of(node);
      boolean relu = false;
      Network.Node pool = null;
      Network.Node last = node;
      while (first.joinsRelu() && i < nodes.size() && !network.sharesInput(i)) {
        LayerPasses next = LayerPasses.of(nodes.get(i));
        if (next.isRelu() && !relu) {
          relu = true;
        } else if (first.joinsPool() && pool == null && next.isHalvingPool()) {
          pool = nodes.get(i);
        } else {
          break;
        }
        last = nodes.get(i++);
      }
      fused.add(new FusedLayer(node, relu, pool, last.output()));
    }
    return fused;
  }
}
