package org.aparanet.engine.cpu.slice;

import java.util.List;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * The ReLUs of a network that need no pass of their own: a ReLU in place overwrites its input, as
 * part of the layer before it. Between a layer and a max-pool it moves behind the pool, where it
 * gives the same result on fewer numbers.
 */
public final class Fusion {
  private final Network network;
  private final List<Node> nodes;

  public Fusion(Network network) {
    this.network = network;
    nodes = network.nodes();
  }

  /**
   * Whether a layer's output overwrites its input: that of a ReLU, unless another layer needs the
   * input as it was.
   */
  public boolean inPlace(Node node) {
    return node.layer() instanceof Relu && !network.sharesInput(node.index());
  }

  /** The layer that reads a node's output, ReLU in place aside; null behind the last. */
  public Node reader(Node node) {
    return readerFrom(node.index() + 1);
  }

  /** The layer that reads the image, ReLU in place aside; null where there is no other. */
  public Node readerOfImage() {
    return readerFrom(0);
  }

  private Node readerFrom(int i) {
    int reader = i;
    while (reader < nodes.size() && inPlace(nodes.get(reader))) {
      reader++;
    }
    return reader < nodes.size() ? nodes.get(reader) : null;
  }

  /** The layer that computes a node's input, ReLU in place aside; null where it is the image. */
  public Node writer(Node node) {
    int i = node.index() - 1;
    while (i >= 0 && inPlace(nodes.get(i))) {
      i--;
    }
    return i >= 0 ? nodes.get(i) : null;
  }

  /** Whether a node is a ReLU of the image's own numbers, in place. */
  public boolean reluOfImage(Node node) {
    return inPlace(node) && writer(node) == null;
  }

  /** Whether a layer computes a ReLU of its own output. */
  public boolean relu(Node node) {
    if (inPlace(node)) {
      return false; // it belongs to the layer before
    }
    if (takesReluOver(node)) {
      return true;
    }
    int next = node.index() + 1;
    boolean behind = next < nodes.size() && inPlace(nodes.get(next));
    Node reader = reader(node);
    return behind && (reader == null || !takesReluOver(reader));
  }

  /** Whether the ReLU before a max-pool is computed behind it. */
  private boolean takesReluOver(Node pool) {
    return pool.layer() instanceof MaxPool
        && pool.index() > 0
        && inPlace(nodes.get(pool.index() - 1))
        && !keptBefore(pool);
  }

  /** Whether another layer needs what a layer reads, ReLU in place included. */
  private boolean keptBefore(Node reader) {
    int i = reader.index();
    boolean kept = network.sharesInput(i);
    while (!kept && i > 0 && inPlace(nodes.get(i - 1))) {
      i--;
      kept = network.sharesInput(i);
    }
    return kept;
  }

  /**
   * The max-pool of two by two, without overlap or padding, that alone reads a layer's output; null
   * where there is none. Then of the output no more than the pool's maxima need be kept.
   */
  public Node poolOfFour(Node node) {
    Node reader = reader(node);
    boolean pools =
        reader != null
            && reader.layer() instanceof MaxPool pool
            && pool.size() == 2
            && pool.stride() >= 2
            && pool.padding() == 0
            && !keptBefore(reader);
    return pools ? reader : null;
  }
}
