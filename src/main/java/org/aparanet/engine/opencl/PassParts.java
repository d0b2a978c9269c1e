package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.LayerWork;
import org.aparanet.engine.LayerWork.Direction;
import org.aparanet.engine.StepPart;
import org.aparanet.model.Network.Node;

/** Which layer each pass of a table belongs to. */
final class PassParts {
  private final int[] values;
  private final LayerWork work;
  private final List<FusedLayer> layers;
  private final int next;

  /**
   * @param next images that the update has gathered for the next step
   */
  PassParts(PassTable table, LayerWork work, int next) {
    values = table.values();
    this.work = work;
    this.next = next;
    layers = FusedLayer.of(work.network());
  }

  /**
   * @param pass number of the pass in the table
   * @param nanos its time
   */
  StepPart of(int pass, double nanos) {
    int first = values[pass];
    if (values[first + Pass.OPERATION] == Operation.UPDATE
        || values[first + Pass.OPERATION] == Operation.GRADIENT_SQUARES) {
      return ofRow(first, false, nanos); // its rows are all layers there are
    }
    List<StepPart> parts = new ArrayList<>();
    int row = first - Pass.LENGTH;
    do {
      row += Pass.LENGTH;
      boolean both = isBoth(row);
      parts.add(ofRow(row, both, nanos));
      row += both ? Pass.LENGTH : 0;
    } while (values[row + Pass.CONTINUED] == 1);
    return LayerWork.together(parts, nanos);
  }

  /** Whether the row behind one of a layer's parameters is of the same layer's input. */
  private boolean isBoth(int row) {
    int next = row + Pass.LENGTH;
    return values[row + Pass.CONTINUED] == 1
        && values[row + Pass.OPERATION] == Operation.BACKWARD_FILTER
        && values[next + Pass.OPERATION] == Operation.BACKWARD_DATA
        && values[next + Pass.LAYER] == values[row + Pass.LAYER];
  }

  private StepPart ofRow(int row, boolean both, double nanos) {
    return switch (values[row + Pass.OPERATION]) {
      case Operation.GATHER -> work.input(nanos, 1);
      case Operation.GRADIENT_SQUARES -> work.update(nanos, 1).called("gradients and squares");
      case Operation.SQUARE_SUMS -> work.update(nanos, 1).called("norm");
      case Operation.UPDATE ->
          next > 0 ? work.updateAndInput(nanos, 1, next) : work.update(nanos, 1);
      case Operation.FINISH_OUTPUTS, Operation.FINISH_IMAGES -> helper(forward(row, nanos), "sums");
      case Operation.BATCH_NORM_STATISTICS -> helper(forward(row, nanos), "statistics");
      case Operation.BATCH_NORM_SUMS -> helper(backward(row, Direction.BACKWARD, nanos), "sums");
      case Operation.BACKWARD_FILTER ->
          backward(row, both ? Direction.BACKWARD : Direction.BACKWARD_FILTER, nanos);
      case Operation.BACKWARD_DATA -> backward(row, Direction.BACKWARD_DATA, nanos);
      case Operation.RESIDUAL_BACKWARD ->
          backward(row, Direction.BACKWARD, nanos)
              .called(values[row + Pass.ADDS] == 1 ? "around" : "through");
      case Operation.MAX_POOL_BACKWARD,
          Operation.RELU_BACKWARD,
          Operation.AVERAGE_POOL_BACKWARD,
          Operation.DROPOUT_BACKWARD,
          Operation.BATCH_NORM_BACKWARD ->
          backward(row, Direction.BACKWARD, nanos);
      case Operation.FORWARD,
          Operation.MAX_POOL_FORWARD,
          Operation.RELU_FORWARD,
          Operation.AVERAGE_POOL_FORWARD,
          Operation.DROPOUT_FORWARD,
          Operation.RESIDUAL_FORWARD,
          Operation.BATCH_NORM_FORWARD ->
          forward(row, nanos);
      default ->
          throw new IllegalArgumentException(
              "operation " + values[row + Pass.OPERATION] + " belongs to no layer");
    };
  }

  private StepPart forward(int row, double nanos) {
    return work.layer(nodes(row), Direction.FORWARD, nanos, 1);
  }

  private StepPart backward(int row, Direction direction, double nanos) {
    return work.layer(nodes(row).subList(0, 1), direction, nanos, 1);
  }

  /** Helps another pass, which has all the layer's work to its name. */
  private static StepPart helper(StepPart part, String suffix) {
    StepPart named = part.called(suffix);
    return new StepPart(
        named.name(), part.kind(), part.nanos(), 1, 0, 0, part.layer(), part.workGroups());
  }

  /** The layer and those behind it that its pass computes: all up to the next layer's. */
  private List<Node> nodes(int row) {
    int first = values[row + Pass.LAYER];
    FusedLayer layer =
        layers.stream().filter(l -> l.node().index() == first).findFirst().orElseThrow();
    int end = first + 1 + (layer.relu() ? 1 : 0) + (layer.pooled() ? 1 : 0);
    return work.network().nodes().subList(first, end);
  }
}
