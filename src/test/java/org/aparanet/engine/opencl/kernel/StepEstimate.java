package org.aparanet.engine.opencl.kernel;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.opencl.plan.PassParts;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.engine.support.StepParts;
import org.aparanet.model.Network;

/**
 * How long a training step takes a card and its host, by the model of docs/performance.md: a step
 * in the midst of an epoch, whose images the step before has gathered.
 *
 * @param passes in the order of a step
 * @param executes calls of Aparapi in a step
 */
record StepEstimate(List<PassEstimate> passes, int executes, int batch, Card card) {
  /** The status, which each execute leaves, and the logits. */
  private static final int READS = 3;

  /** Estimates the passes that {@link PassTable} lays out. */
  static StepEstimate of(Network network, int batch, Card card) {
    PassTable table = PassTableBuilder.table(network, batch, card.groups());
    PassParts parts = new PassParts(table, new StepParts(network, batch), batch);
    RowCosts costs = new RowCosts(table, network, batch, card.groups());
    List<PassTable.Passes> executes = List.of(table.forward().withoutFirst(), table.backward());
    List<PassEstimate> passes = new ArrayList<>();
    for (PassTable.Passes execute : executes) {
      for (int pass = execute.first(); pass < execute.first() + execute.count(); pass++) {
        List<String> operations = new ArrayList<>();
        List<RowCost> rows = new ArrayList<>();
        int row = table.values()[pass] - Pass.LENGTH;
        do {
          row += Pass.LENGTH;
          operations.add(name(table.values()[row + Pass.OPERATION]));
          rows.add(costs.of(row));
        } while (table.values()[row + Pass.CONTINUED] == 1);
        if (table.values()[row + Pass.LINKS] > 0) { // one after another
          rows = List.of(rows.stream().reduce(RowCost::then).orElseThrow());
        }
        if (table.values()[row + Pass.OPERATION] == Opcode.UPDATE) {
          int longest = longest(rows);
          rows.set(longest, rows.get(longest).then(costs.gather()));
          operations.add(name(Opcode.GATHER));
        }
        StepPart part = parts.of(pass, 0);
        passes.add(PassEstimate.of(operations, part.layer(), rows, card));
      }
    }
    return new StepEstimate(passes, executes.size(), batch, card);
  }

  private static int longest(List<RowCost> rows) {
    int longest = 0;
    for (int i = 1; i < rows.size(); i++) {
      longest = rows.get(i).cycles() > rows.get(longest).cycles() ? i : longest;
    }
    return longest;
  }

  /** An operation's name in {@link Opcode}. */
  private static String name(int operation) {
    try {
      for (Field field : Opcode.class.getDeclaredFields()) {
        if (!field.getName().startsWith("LAST_") && field.getInt(null) == operation) {
          return field.getName();
        }
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("there is no operation " + operation);
  }

  /** Time of all passes on the card. */
  double deviceMicros() {
    return passes.stream().mapToDouble(PassEstimate::micros).sum();
  }

  /** What launches cost the host. */
  double launchMicros() {
    return passes.size() * card.launchMicros();
  }

  /** What executes and readbacks cost the host beside the launches. */
  double callMicros() {
    return executes * card.executeMicros() + READS * card.readMicros();
  }

  /** Softmax and loss on the host. */
  double lossMicros() {
    return batch * card.lossNanos() / 1e3;
  }

  double micros() {
    return deviceMicros() + launchMicros() + callMicros() + lossMicros();
  }

  double imagesPerSecond() {
    return batch * 1e6 / micros();
  }

  /** What the passes reach of the card's multiply-adds, in TFLOP/s. */
  double teraflops() {
    return 2 * passes.stream().mapToDouble(PassEstimate::multiplyAdds).sum() / deviceMicros() / 1e6;
  }
}
