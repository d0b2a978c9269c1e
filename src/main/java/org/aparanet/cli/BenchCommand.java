package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aparanet.bench.Bench;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchPlan;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.DefaultBatches;
import org.aparanet.bench.Machine;
import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.OutputFile;
import org.aparanet.cli.show.Terminal;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.Engine;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.file.Target;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.aparanet.report.bench.HtmlReport;
import org.aparanet.report.bench.JsonReport;
import org.aparanet.report.bench.TextReport;
import org.aparanet.report.bench.TraceReport;
import org.aparanet.report.page.ReportFile;
import org.aparanet.train.NetworkChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Times devices side by side. */
@Command(
    name = "bench",
    description = "Time every device side by side, per operation and per step: what a GPU buys.",
    sortOptions = false)
final class BenchCommand implements Runnable {
  /** Shape of MNIST's images. */
  private static final Shape MNIST = new Shape(1, 28, 28);

  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      completionCandidates = Candidates.Networks.class,
      description =
          "article, lenet, deep or another preset, or layers as text; may be given several times"
              + " (default: these three).")
  private List<String> networks = List.of();

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = OptionConverters.Input.class,
      description =
          "Channels x height x width of the images, such as 3x224x224 (default: what is usual for"
              + " a preset, such as 3x224x224 for resnet18, otherwise 1x28x28).")
  private Shape input;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      completionCandidates = Candidates.Devices.class,
      description =
          "auto, gpu, cpu or opencl:N; may be given several times. The Java engine is always timed,"
              + " to compare with (default: every device).")
  private List<DeviceChoice> devices = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = OptionConverters.Batch.class,
      description =
          "Images in a step; may be given several times (default: 64 and 1024, for deep 128 and"
              + " 1024; fewer for large networks or images).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionConverters.Threads.class,
      description = "Threads of the Java engine, 1 to 1024 (default: one for each processor).")
  private Integer threads;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write everything, all samples included, to this file.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with tables and charts to this file.")
  private Path html;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Write a timeline of each step to this file, for ui.perfetto.dev or chrome://tracing.")
  private Path trace;

  @Option(
      names = "--quick",
      description =
          "A first look: one batch (64, or fewer for large networks; for deep 32), fewer samples, a"
              + " shorter check.")
  private boolean quick;

  @Option(names = "--record", description = "Append the results to docs/bench-history.jsonl.")
  private boolean record;

  @Override
  public void run() {
    try (Claims claims = new Claims()) {
      bench(claims);
    }
  }

  private void bench(Claims claims) {
    Path history = record ? Home.folder().resolve("docs").resolve("bench-history.jsonl") : null;
    checkFiles(history, claims);
    List<BenchCase> cases = cases();
    Engines.timeLaunches();
    Engines engines =
        CommandContext.of(spec)
            .engines(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    PrintWriter err = spec.commandLine().getErr();
    BenchPlan plan =
        new BenchPlan(
            cases,
            engines(engines),
            quick ? BenchPlan.Pace.QUICK : BenchPlan.Pace.NORMAL,
            batches.isEmpty() ? cases.stream().flatMap(this::smaller).toList() : List.of());
    if (devices.isEmpty()) {
      engines.openClProblem().ifPresent(p -> err.println("There is no OpenCL device: " + p + "."));
    }
    BenchReport report =
        Bench.run(
            plan,
            Machine.here(Home.folder()),
            line -> {
              err.println(line);
              err.flush();
            });
    try {
      write(report, json == null ? Map.of() : details(plan.engines(), err), history, err);
    } finally { // last, because the output's pipe may be closed
      PrintWriter out = spec.commandLine().getOut();
      TextReport.print(report, out, Terminal.coloursOnStandardOutput());
    }
    failIfIncomplete(report);
  }

  private void checkFiles(Path history, Claims claims) {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("--json", json);
    files.put("--html", html);
    files.put("--trace", trace);
    files.put("--record", history);
    files.values().removeIf(Objects::isNull);
    List<String> options = List.copyOf(files.keySet());
    for (int i = 0; i < options.size(); i++) {
      for (String other : options.subList(i + 1, options.size())) {
        Path file = files.get(options.get(i));
        if (Target.same(file, files.get(other))) {
          throw new ParameterException(
              spec.commandLine(),
              "options "
                  + options.get(i)
                  + " and "
                  + other
                  + " both name "
                  + file
                  + "; they need two files");
        }
      }
    }
    files.forEach((option, file) -> OutputFile.check(option, file, claims));
  }

  private Map<Device, DeviceDetails> details(List<Engine> engines, PrintWriter err) {
    Map<Device, DeviceDetails> details = new LinkedHashMap<>();
    for (Engine engine : engines) {
      if (engine.device().kind() != Device.Kind.JAVA) {
        err.println("having the driver of " + engine.device() + " build the kernels once more");
        err.flush();
      }
      engine.details(!quick).ifPresent(found -> details.put(engine.device(), found));
    }
    return details;
  }

  private void write(
      BenchReport report, Map<Device, DeviceDetails> details, Path history, PrintWriter err) {
    if (json != null) {
      ReportFile.write(json, JsonReport.of(report, details));
      err.println("wrote " + json);
    }
    if (html != null) {
      ReportFile.write(html, HtmlReport.of(report));
      err.println("wrote " + html);
    }
    if (trace != null) {
      ReportFile.write(trace, TraceReport.of(report));
      err.println("wrote " + trace);
    }
    if (history != null) {
      ReportFile.append(history, JsonReport.line(report));
      err.println("appended a line to " + history);
    }
  }

  private static void failIfIncomplete(BenchReport report) {
    List<String> wrong = report.refused().stream().map(Device::toString).toList();
    if (!wrong.isEmpty()) {
      throw new CommandException(
          "the check failed on " + String.join(", ", wrong) + ", which was not timed");
    }
    List<String> missing = report.unmeasured().stream().map(Device::toString).toList();
    if (!missing.isEmpty()) {
      throw new CommandException("nothing could be measured on " + String.join(", ", missing));
    }
  }

  private List<BenchCase> cases() {
    List<String> texts =
        networks.isEmpty()
            ? List.of(
                NamedNetwork.ARTICLE.label(), NamedNetwork.LENET.label(), NamedNetwork.DEEP.label())
            : networks.stream().map(BenchCommand::canonical).distinct().toList();
    return texts.stream().map(this::example).toList();
  }

  private BenchCase example(String text) {
    Network network = network(text);
    return new BenchCase(
        text,
        network,
        batches.isEmpty() ? DefaultBatches.of(text, network, quick).batches() : batches);
  }

  /** That a network's default batch is a smaller one than usual. */
  private Stream<String> smaller(BenchCase example) {
    return DefaultBatches.of(example.label(), example.network(), quick).note().stream();
  }

  private static String canonical(String text) {
    return NamedNetwork.named(text).map(NamedNetwork::label).orElse(text);
  }

  private Network network(String text) {
    Optional<NamedNetwork> named = NamedNetwork.named(text);
    Shape images =
        Optional.ofNullable(input).or(() -> named.flatMap(NamedNetwork::usualInput)).orElse(MNIST);
    try {
      return NetworkChoice.of(text, images, named.map(NamedNetwork::usualClasses).orElse(1));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "option --network: \"" + text + "\" is " + e.getMessage(), e);
    }
  }

  /** Engines of the given devices, the Java engine last. */
  private List<Engine> engines(Engines engines) {
    if (devices.isEmpty()) {
      return engines.all();
    }
    Set<Engine> chosen = new LinkedHashSet<>();
    devices.forEach(choice -> chosen.add(engines.engine(choice)));
    chosen.add(engines.engine(DeviceChoice.parse("cpu")));
    List<Engine> sorted = new ArrayList<>(chosen);
    sorted.sort(Comparator.comparing(engine -> engine.device().kind() == Device.Kind.JAVA));
    return sorted;
  }
}
