package org.aparanet.engine.cpu;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.aparanet.engine.cpu.lane.BenchmarkSlice;
import org.aparanet.engine.cpu.lane.OperationCase;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.Network;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the benchmarks, each in a Java of its own, and prints Markdown tables line by line.
 *
 * <p>A time is the median of single calls, which other work on the machine disturbs little.
 */
@Command(
    name = "benchmarks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Times the Java engine against the processor's peak.")
public final class BenchmarkReport implements Callable<Integer> {

  /** Parts of the report. */
  enum Part {
    operations,
    steps,
    softmax,
    shapes
  }

  /** A whole step or inference to time. */
  private record Pass(String network, String method, int batch) {}

  private static final List<Pass> PASSES =
      List.of(
          new Pass("article", "step", 1),
          new Pass("article", "step", 64),
          new Pass("article", "infer", 256),
          new Pass("lenet", "step", 64),
          new Pass("lenet", "infer", 256),
          new Pass("deep", "step", 128),
          new Pass("deep", "infer", 256));

  /** Shapes that are computed before the first is timed. */
  private static final int WARMING = 8;

  @Option(
      names = "--network",
      paramLabel = "PRESET",
      description = "Only this network; may be repeated (default: ${DEFAULT-VALUE}).",
      defaultValue = "article,lenet,deep",
      split = ",")
  private List<String> networks;

  @Option(
      names = "--part",
      description = "${COMPLETION-CANDIDATES}; may be repeated (default: ${DEFAULT-VALUE}).",
      defaultValue = "operations,steps,softmax",
      split = ",")
  private List<Part> parts;

  @Option(
      names = "--threads",
      description = "Threads of the whole steps (default: ${DEFAULT-VALUE}).",
      defaultValue = "1,2",
      split = ",")
  private List<Integer> threads;

  @Option(
      names = "--warmup",
      paramLabel = "MILLISECONDS",
      description = "Unmeasured time after a thousand calls (default: ${DEFAULT-VALUE}).",
      defaultValue = "500")
  private int warmup;

  @Option(
      names = "--time",
      paramLabel = "MILLISECONDS",
      description = "Measured time of each benchmark (default: ${DEFAULT-VALUE}).",
      defaultValue = "600")
  private int time;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchmarkReport()).execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException {
    networks.forEach(BenchmarkSlice::network); // a wrong name ends the run before it begins
    System.out.printf("%s%n", Machine.description());
    for (String network : networks) {
      if (parts.contains(Part.operations)) {
        operations(network);
      }
    }
    if (parts.contains(Part.steps)) {
      steps();
    }
    if (parts.contains(Part.softmax)) {
      softmax();
    }
    if (parts.contains(Part.shapes)) {
      threads.forEach(this::shapes);
    }
    return 0;
  }

  private void operations(String network) throws RunnerException {
    double peak = peak();
    List<OperationCase> cases = new BenchmarkSlice(network).cases();
    System.out.printf(
        "%n`%s`, a slice of %d images, one thread; multiply-add peak %.1f GFLOP/s%n%n",
        network, LaneSupport.operations().lanes(), peak);
    System.out.println("| layer | operation | us | GFLOP/s | % of peak | GB/s |");
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: |");
    for (OperationCase each : cases) {
      double nanoseconds =
          median(
                  OperationBenchmark.class,
                  "run",
                  Map.of("network", network, "operation", each.id()))
              / each.repeats();
      double rate = each.flop() / nanoseconds;
      System.out.printf(
          "| %s | %s | %.1f | %s | %s | %s |%n",
          each.subject(),
          each.operation(),
          nanoseconds / 1e3,
          each.flop() > 0 ? "%.1f".formatted(rate) : "",
          each.flop() > 0 ? "%.0f".formatted(100 * rate / peak) : "",
          each.flop() > 0 ? "" : "%.1f".formatted(each.bytes() / nanoseconds));
    }
  }

  private void steps() throws RunnerException {
    double peak = peak();
    System.out.printf(
        "%nWhole steps and inference; multiply-add peak %.1f GFLOP/s a thread%n%n", peak);
    System.out.println("| network | pass | batch | threads | images/s | % of the threads' peak |");
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: |");
    for (Pass pass : PASSES) {
      for (int count : networks.contains(pass.network()) ? threads : List.<Integer>of()) {
        double nanoseconds =
            median(
                StepBenchmark.class,
                pass.method(),
                Map.of(
                    "network", pass.network(), "batch", "" + pass.batch(), "threads", "" + count));
        double images = pass.batch() / nanoseconds;
        System.out.printf(
            "| %s | %s | %d | %d | %,.0f | %.0f |%n",
            pass.network(),
            pass.method().equals("step") ? "training step" : "inference",
            pass.batch(),
            count,
            1e9 * images,
            100 * images * flop(pass) / (count * peak));
      }
    }
  }

  /** Each shape takes three times the measured time, in this Java. */
  private void shapes(int count) {
    double peak = PeakBenchmark.FLOP / new ShapeTimes(1, 1).peak();
    System.out.printf(
        "%nLayers of many shapes; threads: %d; multiply-add peak %.1f GFLOP/s a thread%n%n",
        count, peak);
    System.out.println(
        "| batch | input | layer | training us | GFLOP/s | % of peak | inference us | GFLOP/s | % of"
            + " peak |");
    System.out.println("| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    ShapeTimes times = new ShapeTimes(count, time / 1e3);
    LayerShape.ALL.subList(0, WARMING).forEach(times::training); // until Java has compiled
    for (LayerShape shape : LayerShape.ALL) {
      double training = times.training(shape);
      double inference = times.inference(shape);
      double step = 3 * shape.flop() / training;
      double forward = shape.flop() / inference;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.1f | %.0f | %.0f | %.1f | %.0f |%n",
          shape,
          training / 1e3,
          step,
          100 * step / (count * peak),
          inference / 1e3,
          forward,
          100 * forward / (count * peak));
    }
  }

  private void softmax() throws RunnerException {
    System.out.printf("%nSoftmax, loss and gradient on the host, one thread%n%n");
    System.out.println("| classes | batch | label smoothing | us |");
    System.out.println("| ---: | ---: | ---: | ---: |");
    for (int classes : List.of(10, 100, 1000)) {
      for (String smoothing : List.of("0", "0.1")) {
        double nanoseconds =
            median(
                SoftmaxBenchmark.class,
                "apply",
                Map.of("classes", "" + classes, "batch", "1024", "smoothing", smoothing));
        System.out.printf(
            Locale.ROOT, "| %,d | 1,024 | %s | %,.0f |%n", classes, smoothing, nanoseconds / 1e3);
      }
    }
  }

  /**
   * Floating-point operations for an image. Backward, a layer does its multiply-adds twice more;
   * the first one has no use for the gradient of its input.
   */
  private static long flop(Pass pass) {
    Network network = BenchmarkSlice.network(pass.network());
    long forward = 2 * network.multiplyAdds();
    return pass.method().equals("step")
        ? 3 * forward - 2 * network.nodes().get(0).multiplyAdds()
        : forward;
  }

  private double peak() throws RunnerException {
    return PeakBenchmark.FLOP / median(PeakBenchmark.class, "multiplyAdd", Map.of());
  }

  /** Nanoseconds of a call. */
  private double median(Class<?> benchmark, String method, Map<String, String> parameters)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName() + "\\." + method + "$")
            .forks(1)
            .jvmArgs(forkOptions().toArray(String[]::new))
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(warmup))
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(time))
            .shouldFailOnError(true);
    parameters.forEach(options::param);
    return run(options.build()).getPrimaryResult().getStatistics().getPercentile(50);
  }

  /** What JMH and the other Java say is of interest only when they fail. */
  private static RunResult run(Options options) throws RunnerException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    try {
      return new Runner(options, OutputFormatFactory.createFormatInstance(out, VerboseMode.SILENT))
          .runSingle();
    } catch (RunnerException e) {
      System.err.println(said.toString(StandardCharsets.UTF_8));
      throw e;
    }
  }

  /** As ./aparanet starts Java, and with the size of vectors that was asked for. */
  private static List<String> forkOptions() {
    List<String> options =
        new ArrayList<>(List.of("-XX:+UseG1GC", "--add-modules", "jdk.incubator.vector"));
    for (String property : List.of(LaneSupport.BITS, LaneSupport.REGISTERS)) {
      String value = System.getProperty(property);
      if (value != null) {
        options.add("-D" + property + "=" + value);
      }
    }
    return options;
  }
}
