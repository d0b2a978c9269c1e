package org.aparanet.engine.opencl.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a simulator counts of a product: instructions, and bytes moved in each kind of memory, all
 * per multiply-add of the layer's definition. The counts are the same on every run.
 *
 * <p>The simulator runs the first and the last work-group only; all others do the same work on
 * other numbers, so the two stand for all.
 *
 * @param what the operation
 * @param instructions instructions of LLVM's intermediate language
 * @param globalBytes bytes loaded from and stored to global memory
 * @param localBytes the same for local memory
 * @param privateBytes the same for private memory that is no register
 */
record InstructionCounts(
    String what, double instructions, double globalBytes, double localBytes, double privateBytes) {
  private static final String DEEP =
      "conv 32 3 same relu, conv 32 3 same relu, pool 2, conv 64 3 same relu, conv 64 3 same relu,"
          + " pool 2, dense 128 relu, dense 10";

  private static final Pattern COUNT = Pattern.compile(" *(\\d+) - (.*)");
  private static final Pattern BYTES =
      Pattern.compile("(?:load|store) (global|local|private) \\((\\d+) bytes\\)");
  private static final Pattern PROBE = Pattern.compile("multiply-adds (\\d+) units (\\d+)");

  /** The heavy layers of {@code deep}: a name and the layer's number. */
  enum HeavyLayer {
    CONV_32_32("conv 32 to 32, 28x28", 2),
    CONV_64_64("conv 64 to 64, 14x14", 7),
    DENSE("dense 3136 to 128", 10);

    private final String text;
    private final int node;

    HeavyLayer(String text, int node) {
      this.text = text;
      this.node = node;
    }
  }

  /** Why nothing can be counted here; null if it can. */
  static String missing() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("oclgrind", "--version").start();
      process.waitFor();
      return null;
    } catch (IOException e) {
      return "the simulator oclgrind is not installed (Debian and Ubuntu: oclgrind)";
    }
  }

  /**
   * Counts one product of one layer at batch 128.
   *
   * @param operation forward, data or filter
   */
  static InstructionCounts of(HeavyLayer layer, String operation)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    "oclgrind",
                    "--quick",
                    "--inst-counts",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    OperationProbe.class.getName(),
                    "1x28x28",
                    DEEP,
                    Integer.toString(layer.node),
                    operation,
                    "128"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("the probe failed: " + output);
    }
    return parse(layer.text + ", " + operation, output);
  }

  private static InstructionCounts parse(String what, String output) throws IOException {
    Matcher probe = PROBE.matcher(output);
    if (!probe.find()) {
      throw new IOException("the probe said nothing: " + output);
    }
    // two of the units were run
    double share = Long.parseLong(probe.group(2)) / 2.0 / Long.parseLong(probe.group(1));
    double instructions = 0;
    double[] bytes = new double[3];
    for (String line : output.lines().toList()) {
      Matcher count = COUNT.matcher(line);
      if (count.matches()) {
        instructions += Long.parseLong(count.group(1));
        Matcher moved = BYTES.matcher(count.group(2));
        if (moved.matches()) {
          int kind = List.of("global", "local", "private").indexOf(moved.group(1));
          bytes[kind] += Long.parseLong(moved.group(2));
        }
      }
    }
    return new InstructionCounts(
        what, instructions * share, bytes[0] * share, bytes[1] * share, bytes[2] * share);
  }

  /** A row of the table in docs/performance.md. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f |",
        what,
        instructions,
        globalBytes,
        localBytes,
        privateBytes);
  }
}
