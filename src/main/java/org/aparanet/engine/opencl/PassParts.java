package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aparanet.engine.LayerWork;
import org.aparanet.engine.LayerWork.Direction;
import org.aparanet.engine.StepPart;
import org.aparanet.model.Network.Node;

/** Which layer each pass of a table belongs to. */
final class PassParts {
  private final PassTable table;
  private final LayerWork work;
  private final double[] nanos;
  private final List<StepPart> parts = new ArrayList<>();

  private PassParts(PassTable table, LayerWork work, double[] nanos) {
    this.table = table;
    this.work = work;
    this.nanos = nanos;
  }

  /**
   * @param nanos time of each pass
   * @return a piece for each pass, in the same order
   */
  static List<StepPart> of(PassTable table, LayerWork work, double[] nanos) {
    PassParts passes = new PassParts(table, work, nanos);
    passes.addAll();
    if (passes.parts.size() != nanos.length) {
      throw new IllegalStateException(
          nanos.length + " passes, of which " + passes.parts.size() + " are known");
    }
    return passes.parts;
  }

  private void addAll() {
    List<FusedLayer> layers = FusedLayer.of(work.network());
    parts.add(work.input(next(), 1));
    for (FusedLayer layer : layers) {
      parts.add(work.layer(nodes(layer), Direction.FORWARD, next(), 1));
      if (parts.size() < table.forwardPasses() && operation() == Operation.FINISH_OUTPUTS) {
        parts.add(finish(work.layer(nodes(layer), Direction.FORWARD, next(), 1)));
      }
    }
    Collections.reverse(layers);
    int firstLearning = work.network().firstLearning();
    for (FusedLayer layer : layers) {
      Node node = layer.node();
      boolean data = node.index() > firstLearning;
      if (!node.tensors().isEmpty()) {
        Direction direction = data ? Direction.BACKWARD : Direction.BACKWARD_FILTER;
        parts.add(work.layer(List.of(node), direction, next(), 1));
      } else if (data) {
        parts.add(work.layer(List.of(node), Direction.BACKWARD, next(), 1));
      }
    }
    parts.add(work.update(next(), 1));
  }

  /** Adds up what the pass before it left in pieces, so it has no multiply-adds of its own. */
  private static StepPart finish(StepPart forward) {
    return new StepPart(forward.name() + ", sums", forward.kind(), forward.nanos(), 1, 0, 0);
  }

  private double next() {
    return nanos[parts.size()];
  }

  private int operation() {
    return table.values()[table.values()[parts.size()] + Pass.OPERATION];
  }

  /** The layer and those behind it that its pass computes: all up to the next layer's. */
  private List<Node> nodes(FusedLayer layer) {
    List<Node> all = work.network().nodes();
    int first = layer.node().index();
    int end = first + 1 + (layer.relu() ? 1 : 0) + (layer.pooled() ? 1 : 0);
    return all.subList(first, end);
  }
}
