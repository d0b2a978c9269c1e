package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Layer;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;

/**
 * A layer together with those behind it that the same pass computes: a convolution, a dense layer,
 * a batch normalisation or a residual sum with its ReLU, and a convolution with a 2 x 2 max-pool. A
 * value at which a branch begins is never swallowed.
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
      boolean relu = false;
      Network.Node pool = null;
      Network.Node last = node;
      while (joinsRelu(node.layer()) && i < nodes.size() && network.branchesFrom(i).isEmpty()) {
        Layer next = nodes.get(i).layer();
        if (next instanceof Relu && !relu) {
          relu = true;
        } else if (node.layer() instanceof Convolution && pool == null && halves(next)) {
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

  private static boolean joinsRelu(Layer layer) {
    return layer instanceof Convolution
        || layer instanceof Dense
        || layer instanceof BatchNorm
        || layer instanceof ResidualAdd;
  }

  private static boolean halves(Layer layer) {
    return layer instanceof MaxPool pool && pool.size() == 2 && pool.stride() == 2;
  }
}
