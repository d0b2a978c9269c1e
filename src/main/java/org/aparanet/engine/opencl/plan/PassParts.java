package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.engine.support.StepParts;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** Attribution of a table's passes to the layers of a step's profile. */
public final class PassParts {
  private final int[] values;
  private final StepParts work;
  private final List<FusedLayer> layers;
  private final int next;

  /**
   * @param next images that the update has gathered for the next step
   */
  public PassParts(PassTable table, StepParts work, int next) {
    values = table.values();
    this.work = work;
    this.next = next;
    layers = FusedLayer.of(work.network());
  }

  /**
   * @param pass number of the pass in the table
   * @param nanos its time
   */
  public StepPart of(int pass, double nanos) {
    int first = values[pass];
    if (values[first + Pass.OPERATION] == Opcode.UPDATE
        || values[first + Pass.OPERATION] == Opcode.GRADIENT_SQUARES) {
      return ofRow(first, false, nanos); // an update has rows of all layers
    }
    List<StepPart> parts = new ArrayList<>();
    int row = first - Pass.LENGTH;
    do {
      row += Pass.LENGTH;
      boolean both = isBoth(row);
      parts.add(ofRow(row, both, nanos));
      row += both ? Pass.LENGTH : 0;
    } while (values[row + Pass.CONTINUED] == 1);
    return StepParts.together(parts, nanos);
  }

  /** Whether the row behind that of a layer's parameter gradient is that of its input gradient. */
  private boolean isBoth(int row) {
    int next = row + Pass.LENGTH;
    return values[row + Pass.CONTINUED] == 1
        && values[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER
        && values[next + Pass.OPERATION] == Opcode.BACKWARD_DATA
        && values[next + Pass.LAYER] == values[row + Pass.LAYER];
  }

  private StepPart ofRow(int row, boolean both, double nanos) {
    return switch (values[row + Pass.OPERATION]) {
      case Opcode.GATHER, Opcode.TAKE_FLOATS -> work.input(nanos, 1);
      case Opcode.GIVE_FLOATS -> work.logits(nanos);
      case Opcode.GRADIENT_SQUARES -> work.update(nanos, 1).called("gradients and squares");
      case Opcode.SQUARE_SUMS -> work.update(nanos, 1).called("norm");
      case Opcode.UPDATE -> next > 0 ? work.updateAndInput(nanos, 1, next) : work.update(nanos, 1);
      case Opcode.FINISH_OUTPUTS, Opcode.FINISH_IMAGES -> helper(forward(row, nanos), "sums");
      case Opcode.BATCH_NORM_STATISTICS -> helper(forward(row, nanos), "statistics");
      case Opcode.BATCH_NORM_SUMS -> helper(backward(row, Direction.BACKWARD, nanos), "sums");
      case Opcode.BACKWARD_FILTER ->
          backward(row, both ? Direction.BACKWARD : Direction.BACKWARD_FILTER, nanos);
      case Opcode.BACKWARD_DATA -> backward(row, Direction.BACKWARD_DATA, nanos);
      case Opcode.RESIDUAL_BACKWARD ->
          backward(row, Direction.BACKWARD, nanos)
              .called(
                  values[row + Pass.INPUT] == values[row + Pass.SKIPPED] ? "around" : "through");
      case Opcode.MAX_POOL_BACKWARD,
          Opcode.RELU_BACKWARD,
          Opcode.LEAKY_RELU_BACKWARD,
          Opcode.AVERAGE_POOL_BACKWARD,
          Opcode.DROPOUT_BACKWARD,
          Opcode.BATCH_NORM_BACKWARD ->
          backward(row, Direction.BACKWARD, nanos);
      case Opcode.FORWARD,
          Opcode.MAX_POOL_FORWARD,
          Opcode.RELU_FORWARD,
          Opcode.LEAKY_RELU_FORWARD,
          Opcode.AVERAGE_POOL_FORWARD,
          Opcode.DROPOUT_FORWARD,
          Opcode.RESIDUAL_FORWARD,
          Opcode.BATCH_NORM_FORWARD ->
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

  /** Part of an auxiliary pass, with its time; its FLOP are in the layer's main pass. */
  private static StepPart helper(StepPart part, String suffix) {
    StepPart named = part.called(suffix);
    return new StepPart(
        named.name(), part.kind(), part.nanos(), 1, 0, 0, part.layer(), part.workGroups());
  }

  /** Layers of a row's pass: its own and those behind it up to the next row's. */
  private List<Node> nodes(int row) {
    int first = values[row + Pass.LAYER];
    FusedLayer layer =
        layers.stream().filter(l -> l.node().index() == first).findFirst().orElseThrow();
    int end = first + 1 + (layer.relu() ? 1 : 0) + (layer.pooled() ? 1 : 0);
    return work.network().nodes().subList(first, end);
  }
}
