package org.aparanet.engine.cpu.vector;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.model.AveragePool;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Places of the gradients of a network's outputs, which gradients that are never needed at the same
 * time share: those of the same layout, so that the same floats of it are zeros that nobody writes.
 *
 * <p>The backward pass takes the nodes from the last to the first. A gradient is needed from its
 * reader, which writes it, to the first node of those that ask for it: the node itself, and where a
 * residual sum or a shortcut goes back to.
 */
final class GradientPlaces {
  private final Network network;
  private final Fusion fusion;
  private final List<Place> places = new ArrayList<>();

  /** A place, and the nodes between which it is taken, both included. */
  private record Place(LaneLayout layout, List<int[]> taken) {

    boolean holds(LaneLayout other) {
      return layout.at(other.at()).equals(other);
    }

    boolean isFree(int from, int to) {
      return taken.stream().allMatch(nodes -> to < nodes[0] || nodes[1] < from);
    }
  }

  GradientPlaces(Network network, Fusion fusion) {
    this.network = network;
    this.fusion = fusion;
  }

  /**
   * The layout of a gradient: in the place of another one, or where it was laid out.
   *
   * @param node whose output the gradient is of
   * @param layout at an address that is free
   */
  LaneLayout place(Node node, LaneLayout layout) {
    Node reader = fusion.reader(node);
    if (reader != null
        && (reader.layer() instanceof MaxPool || reader.layer() instanceof AveragePool)) {
      return layout; // between their windows a pool leaves zeros as they are
    }
    int to = reader == null ? network.nodes().size() : reader.index();
    int from = firstAsking(node, to);
    for (Place place : places) {
      if (place.holds(layout) && place.isFree(from, to)) {
        place.taken().add(new int[] {from, to});
        return place.layout();
      }
    }
    places.add(new Place(layout, new ArrayList<>(List.of(new int[] {from, to}))));
    return layout;
  }

  /** The first node that asks for a gradient, or for that of a ReLU in its place. */
  private int firstAsking(Node node, int reader) {
    int first = node.index();
    if (node.layer() instanceof MaxPool && fusion.writer(node) != null) {
      first = fusion.writer(node).index(); // a convolution may go back through its pool
    }
    for (int start = 0; start < node.index(); start++) {
      for (Node branch : network.branchesFrom(start)) {
        if (branch.index() >= node.index() && branch.index() < reader) {
          first = Math.min(first, start);
        }
      }
    }
    return first;
  }
}
