package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.opencl.kernel.InstructionCounts.HeavyLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much the heavy products of {@code deep} cost, counted by a simulator: an efficiency that
 * needs no GPU, is the same on every run, and must not get worse.
 */
@Tag("counts")
class InstructionCountTest {
  private static final double MOST_INSTRUCTIONS = 4;
  private static final double MOST_GLOBAL_BYTES = 0.47;
  private static final double MOST_LOCAL_BYTES = 1.25;

  /** What the bytes behind pointers and parameters come to; a sum in private memory costs eight. */
  private static final double MOST_PRIVATE_BYTES = 0.5;

  private static final List<String> TABLE = new ArrayList<>();

  @BeforeAll
  static void requireSimulator() throws InterruptedException {
    String missing = InstructionCounts.missing();
    boolean required = !System.getProperty("aparanet.test.require", "none").equals("none");
    assertTrue(missing == null || !required, () -> "counts are required here, but " + missing);
    Assumptions.assumeTrue(missing == null, () -> "nothing is counted: " + missing);
  }

  @ParameterizedTest
  @CsvSource({
    "CONV_32_32, forward", "CONV_32_32, data", "CONV_32_32, filter",
    "CONV_64_64, forward", "CONV_64_64, data", "CONV_64_64, filter",
    "DENSE, forward", "DENSE, data", "DENSE, filter"
  })
  void staysWithinTheBounds(HeavyLayer layer, String operation) throws Exception {
    InstructionCounts counts = InstructionCounts.of(layer, operation);
    TABLE.add(counts.row());
    assertTrue(counts.instructions() <= MOST_INSTRUCTIONS, counts::toString);
    assertTrue(counts.globalBytes() <= MOST_GLOBAL_BYTES, counts::toString);
    assertTrue(counts.localBytes() <= MOST_LOCAL_BYTES, counts::toString);
    assertTrue(counts.privateBytes() <= MOST_PRIVATE_BYTES, counts::toString);
    // at least the multiply-add itself, and its operands once from local memory
    assertTrue(counts.instructions() > 1 && counts.localBytes() > 1, counts::toString);
  }

  /** The table in the documentation says what was counted. */
  @AfterAll
  static void compareWithDocumentation() throws Exception {
    TABLE.forEach(System.out::println);
    List<String> page = Files.readAllLines(Path.of("docs", "performance.md"));
    for (String row : TABLE) {
      List<String> counted = Arrays.asList(row.split("\\s*\\|\\s*"));
      List<String> documented =
          page.stream()
              .map(line -> Arrays.asList(line.split("\\s*\\|\\s*")))
              .filter(cells -> cells.size() == 6 && cells.get(1).equals(counted.get(1)))
              .findFirst()
              .orElseThrow(() -> new AssertionError("docs/performance.md lacks the row " + row));
      for (int column = 2; column < 6; column++) {
        double expected = Double.parseDouble(documented.get(column));
        // another version of the simulator's compiler counts a little more or less
        assertEquals(expected, Double.parseDouble(counted.get(column)), 0.1 * expected, row);
      }
    }
  }
}
