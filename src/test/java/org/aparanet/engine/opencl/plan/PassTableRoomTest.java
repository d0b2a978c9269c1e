package org.aparanet.engine.opencl.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No pass reaches beyond the arrays, on small devices and on large ones: a kernel would not say.
 */
class PassTableRoomTest {
  private static final int[] GROUPS = {1, 4, 16, 128, 640, 1056, 4000};
  private static final int[] BATCHES = {1, 4, 37, 128};

  static Stream<Network> networks() {
    Shape mnist = new Shape(1, 28, 28);
    List<Network> networks = new ArrayList<>();
    for (NamedNetwork preset : NamedNetwork.values()) {
      networks.add(preset.network(mnist, 10));
    }
    for (String text :
        List.of(
            "conv 32 3 same relu, dense 10",
            "conv 32 3 same relu, pool 2, conv 64 3 same, dense 10",
            "conv 8 1, conv 9 5 stride 2 pad 1 relu, dense 128 relu, dense 10",
            "conv 16 3 nobias, batchnorm relu, pool 2, [conv 16 3 same nobias, batchnorm relu,"
                + " conv 16 3 same nobias, batchnorm] relu, globalpool, dense 10",
            "conv 5 1, [conv 5 3 same relu, dropout 0.3], dropout 0.2, avgpool 2, dense 40, dense 10",
            "batchnorm, dense 300 relu, dropout 0.5, dense 10")) {
      networks.add(NetworkText.parse(new Shape(32, 28, 28), text));
      networks.add(NetworkText.parse(new Shape(3, 13, 11), text));
    }
    return networks.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void passesStayWithinTheArrays(Network network) {
    for (int groups : GROUPS) {
      for (int batch : BATCHES) {
        new Rows(network, batch, groups).check();
      }
    }
  }

  /** The rows of a table, with what each of them reads and writes. */
  private record Rows(Network network, int batch, int groups, PassTable table) {

    Rows(Network network, int batch, int groups) {
      this(network, batch, groups, PassTableBuilder.table(network, batch, groups));
    }

    void check() {
      checkPlaces();
      for (PassTable.Passes passes :
          List.of(table.forward(), table.backward(), table.clipped(), table.inference())) {
        List<int[]> gradients = new ArrayList<>();
        for (int pass = passes.first(); pass < passes.first() + passes.count(); pass++) {
          int at = table.values()[pass];
          int[] row = row(at);
          check(row, gradients);
          while (row[Pass.CONTINUED] == 1) {
            at += Pass.LENGTH;
            row = row(at);
            check(row, gradients);
          }
        }
      }
    }

    /** A value lies in no other one's place, unless it takes the whole place of its input. */
    private void checkPlaces() {
      List<long[]> places = new ArrayList<>();
      places.add(new long[] {0, (long) batch * network.input().size()});
      for (int pass = table.forward().first() + 1;
          pass < table.forward().first() + table.forward().count();
          pass++) {
        int[] row = row(table.values()[pass]);
        boolean again = // a pass that completes what another one has begun
            row[Pass.OPERATION] == Opcode.FINISH_OUTPUTS
                || row[Pass.OPERATION] == Opcode.FINISH_IMAGES
                || row[Pass.OPERATION] == Opcode.BATCH_NORM_FORWARD;
        if (again) {
          continue;
        }
        boolean inPlace = row[Pass.INPUT] == row[Pass.OUTPUT];
        if (row[Pass.LOGITS] == 0 && !inPlace) {
          place(row, places, row[Pass.OUTPUT], batch * outputs(row));
        }
        if (row[Pass.MAXIMA] != Pass.NONE) {
          place(row, places, row[Pass.MAXIMA], batch * outputs(row));
        }
        if (row[Pass.STATISTICS] != Pass.NONE) {
          place(row, places, row[Pass.STATISTICS], 2L * row[Pass.CHANNELS]);
        }
      }
    }

    private void place(int[] row, List<long[]> places, long from, long count) {
      for (long[] other : places) {
        assertTrue(
            from + count <= other[0] || other[0] + other[1] <= from,
            () -> what(row) + " overwrites what lies from " + other[0]);
      }
      places.add(new long[] {from, count});
    }

    private static long outputs(int[] row) {
      boolean pooled = row[Pass.MAXIMA] != Pass.NONE;
      long height = row[pooled ? Pass.POOL_HEIGHT : Pass.OUT_HEIGHT];
      return height * row[pooled ? Pass.POOL_WIDTH : Pass.OUT_WIDTH] * row[Pass.OUT_CHANNELS];
    }

    private int[] row(int at) {
      int[] row = new int[Pass.LENGTH];
      System.arraycopy(table.values(), at, row, 0, Pass.LENGTH);
      return row;
    }

    private void check(int[] row, List<int[]> gradients) {
      int operation = row[Pass.OPERATION];
      if (operation == Opcode.GATHER) {
        within(row, "images", 0, (long) batch * network.input().size(), activations());
        return;
      }
      if (operation == Opcode.SQUARE_SUMS) {
        return; // looks at nothing that the row tells of
      }
      boolean update = operation == Opcode.UPDATE || operation == Opcode.GRADIENT_SQUARES;
      if (!update) {
        checkActivations(row);
      }
      checkParameters(row);
      checkPartials(row, update, gradients);
    }

    private void checkActivations(int[] row) {
      long in = (long) row[Pass.CHANNELS] * row[Pass.HEIGHT] * row[Pass.WIDTH];
      long out = outputs(row);
      if (row[Pass.MAXIMA] != Pass.NONE) {
        within(row, "maxima", row[Pass.MAXIMA], batch * out, activations());
      }
      within(row, "input", row[Pass.INPUT], batch * in, activations());
      if (row[Pass.LOGITS] == 0) {
        within(row, "output", row[Pass.OUTPUT], batch * out, activations());
      }
      if (row[Pass.OPERATION] == Opcode.RESIDUAL_FORWARD) {
        within(row, "skipped", row[Pass.SKIPPED], batch * out, activations());
      }
      if (row[Pass.STATISTICS] != Pass.NONE) {
        within(row, "statistics", row[Pass.STATISTICS], 2L * row[Pass.CHANNELS], activations());
      }
    }

    private void checkParameters(int[] row) {
      long parameters = network.parameterCount();
      if (row[Pass.OPERATION] <= Opcode.LAST_PRODUCT) {
        long weights =
            (long) row[Pass.OUT_CHANNELS]
                * row[Pass.CHANNELS]
                * row[Pass.WINDOW_HEIGHT]
                * row[Pass.WINDOW_WIDTH];
        within(row, "weights", row[Pass.WEIGHT], weights, parameters);
        if (row[Pass.BIAS] != Pass.NONE) {
          within(row, "bias", row[Pass.BIAS], row[Pass.OUT_CHANNELS], parameters);
        }
      }
      if (row[Pass.RUNNING_MEAN] != Pass.NONE) {
        within(row, "running mean", row[Pass.RUNNING_MEAN], row[Pass.CHANNELS], parameters);
        within(row, "running variance", row[Pass.RUNNING_VARIANCE], row[Pass.CHANNELS], parameters);
      }
    }

    /** Sums that the update adds up must all be there until then: none in another one's place. */
    private void checkPartials(int[] row, boolean update, List<int[]> gradients) {
      if (row[Pass.PARTIALS] == Pass.NONE) {
        return;
      }
      long length = (long) row[Pass.CHUNKS] * row[Pass.PARTIAL_STRIDE];
      within(row, "partial sums", row[Pass.PARTIALS], length, table.partialCount());
      int operation = row[Pass.OPERATION];
      long results = (long) row[Pass.ROWS] * row[Pass.COLUMNS];
      if (operation == Opcode.FORWARD || operation == Opcode.FINISH_OUTPUTS) {
        within(row, "a chunk of outputs", 0, batch * results, row[Pass.PARTIAL_STRIDE]);
      }
      if (operation == Opcode.BACKWARD_FILTER) {
        within(row, "a chunk of gradients", 0, results, row[Pass.PARTIAL_STRIDE]);
      }
      if (operation == Opcode.BATCH_NORM_STATISTICS || operation == Opcode.BATCH_NORM_SUMS) {
        within(row, "a chunk of sums", 0, 2L * row[Pass.CHANNELS], row[Pass.PARTIAL_STRIDE]);
      }
      if (operation == Opcode.BACKWARD_FILTER || operation == Opcode.BATCH_NORM_SUMS) {
        int[] own = {row[Pass.PARTIALS], (int) length};
        for (int[] other : gradients) {
          assertTrue(
              own[0] + own[1] <= other[0] || other[0] + other[1] <= own[0],
              () -> what(row) + " overwrites another gradient's sums");
        }
        gradients.add(own);
      }
      if (update) {
        within(row, "updated", row[Pass.WEIGHT], row[Pass.COLUMNS], network.parameterCount());
        assertTrue(
            gradients.stream().anyMatch(g -> g[0] == row[Pass.PARTIALS] && g[1] == length),
            () -> what(row) + " adds up what no pass has left");
      }
    }

    private long activations() {
      return table.activationCount();
    }

    private void within(int[] row, String of, long from, long count, long length) {
      assertTrue(
          from >= 0 && count >= 0 && from + count <= length,
          () -> what(row) + ": " + of + " from " + from + ", " + count + " of " + length);
    }

    private String what(int[] row) {
      return String.format(
          "operation %d of layer %d, %s, batch %d, %d groups",
          row[Pass.OPERATION], row[Pass.LAYER], network.text(), batch, groups);
    }
  }
}
