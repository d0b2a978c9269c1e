package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.engine.opencl.plan.ProductShape;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the products of the three workloads keep a large device busy. */
class WorkGroupsTest {
  private static final int UNITS = 132;

  /**
   * Every product of a step, with its work-groups: the table in the documentation says the same.
   */
  @ParameterizedTest
  @CsvSource({
    "article, 64",
    "article, 1024",
    "lenet, 64",
    "lenet, 1024",
    "deep, 128",
    "deep, 1024"
  })
  void productsFillTheDevice(String preset, int batch) throws Exception {
    Network network = NamedNetwork.named(preset).orElseThrow().network(new Shape(1, 28, 28), 10);
    PassTable table = PassTableBuilder.table(network, batch, UNITS * ProductShape.GROUPS_OF_UNIT);
    TrainingKernel kernel = new TrainingKernel();
    kernel.passes = table.values();
    kernel.batch = batch;
    List<String> rows = new ArrayList<>();
    for (int pass = 0; pass < table.forwardPasses() + table.backward().count(); pass++) {
      int row = table.values()[pass];
      boolean more = true;
      while (more) {
        if (kernel.passes[row + Pass.OPERATION] <= Opcode.LAST_PRODUCT) {
          rows.add(row(preset, kernel, row));
          int groups = kernel.workUnits(row);
          assertTrue(
              groups >= UNITS || !couldHaveMore(kernel, row),
              () -> "fewer work-groups than compute units: " + rows.get(rows.size() - 1));
        }
        more = kernel.passes[row + Pass.CONTINUED] == 1;
        row += Pass.LENGTH;
      }
    }
    rows.forEach(System.out::println);
    List<List<String>> page =
        Files.readAllLines(Path.of("docs", "kernels.md")).stream()
            .map(WorkGroupsTest::cells)
            .toList();
    for (String row : rows) {
      assertTrue(page.contains(cells(row)), () -> "docs/kernels.md lacks the row " + row);
    }
  }

  /**
   * Whether a product's sums are long enough to be shared out among more: by the items of a
   * work-group with two taps each, or by chunks of two images. A link of a chain has a work-group
   * for four images.
   */
  private static boolean couldHaveMore(TrainingKernel kernel, int row) {
    int[] passes = kernel.passes;
    if (passes[row + Pass.LINKS] > 0) {
      return false; // a launch less is worth more
    }
    if (passes[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      return passes[row + Pass.CHUNKS] * 4 <= kernel.batch && passes[row + Pass.CHUNKS] < 64;
    }
    int sharers = passes[row + Pass.SHARERS];
    return sharers < MatrixProduct.GROUP && sharers * 4 <= kernel.depth(row);
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.split("\\|")).map(String::strip).collect(Collectors.toList());
  }

  private static String row(String preset, TrainingKernel kernel, int row) {
    int[] passes = kernel.passes;
    String operation =
        List.of("FORWARD", "BACKWARD_DATA", "BACKWARD_FILTER").get(passes[row + Pass.OPERATION]);
    String shape =
        passes[row + Pass.ROWS] + " x " + kernel.depth(row) + " x " + kernel.columns(row);
    int groups = kernel.workUnits(row);
    String plan =
        passes[row + Pass.TILE_ROWS] == 0
            ? (passes[row + Pass.LINKS] > 0 ? "link, " : "blocks, ")
                + passes[row + Pass.SHARERS]
                + " sharers"
            : "tiles of "
                + passes[row + Pass.TILE_ROWS]
                + " x "
                + passes[row + Pass.ITEMS_ACROSS] * TileProduct.ITEM_COLUMNS;
    return String.format(
        "| `%s`, %d | `%s` | %s | %s, %d chunks | %d |",
        preset, kernel.batch, operation, shape, plan, passes[row + Pass.CHUNKS], groups);
  }
}
