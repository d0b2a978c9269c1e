package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/** Rule for which dense layers are computed for all slices of a batch at once. */
public enum WholeBatch {
  /**
   * Those of many weights, where these are most of what a slice reads and writes. A slice reads
   * weights forward and backward, and reads and writes their gradient: four times what they are.
   * Beside that, activations of all slices have to be kept; there they must not be more.
   */
  LARGE {
    @Override
    List<Node> nodes(Network network, int sliceFloats) {
      List<Node> large = EVERY.nodes(network, sliceFloats).stream().filter(this::many).toList();
      long weights = large.stream().mapToLong(Node::parameterCount).sum();
      return 4 * weights >= sliceFloats ? large : List.of();
    }

    private boolean many(Node node) {
      return node.parameterCount() >= MANY;
    }
  },
  /** All dense layers. */
  EVERY {
    @Override
    List<Node> nodes(Network network, int sliceFloats) {
      return network.nodes().stream().filter(node -> node.layer() instanceof Dense).toList();
    }
  };

  /** Weights that are more than a core's second-level cache: 2^19, 2 MiB. */
  private static final int MANY = 1 << 19;

  /**
   * The layers of a network.
   *
   * @param sliceFloats of a slice's activations and their gradients
   */
  abstract List<Node> nodes(Network network, int sliceFloats);
}
