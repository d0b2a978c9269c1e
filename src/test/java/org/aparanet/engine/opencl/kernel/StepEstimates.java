package org.aparanet.engine.opencl.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a step of the three networks would take a card, as tables in Markdown. */
@Command(
    name = "estimates",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Estimates training steps on a graphics card that is only described.")
public final class StepEstimates implements Callable<Integer> {
  static final Path PAGE = Path.of("docs", "performance.md");
  static final String BEGIN = "<!-- written by: mvn -q -Pestimate -Destimate=--write -->";
  static final String END = "<!-- end of what is written -->";

  /** A network and its batches. */
  private record Workload(String preset, int... batches) {}

  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload("article", 64, 1024),
          new Workload("lenet", 64, 1024),
          new Workload("deep", 128, 1024));

  private static final double[] LAUNCHES = {10, 15, 30};

  @Option(names = "--name", description = "What to call the card (default: ${DEFAULT-VALUE}).")
  private String name = Card.H100.name();

  @Option(names = "--units", description = "Compute units (default: ${DEFAULT-VALUE}).")
  private int units = Card.H100.units();

  @Option(names = "--clock", description = "Of the units, in GHz (default: ${DEFAULT-VALUE}).")
  private double clock = Card.H100.gigahertz();

  @Option(
      names = "--multiply-adds",
      description = "Of a unit in a cycle (default: ${DEFAULT-VALUE}).")
  private double multiplyAdds = Card.H100.multiplyAdds();

  @Option(names = "--memory", description = "Bandwidth in GB/s (default: ${DEFAULT-VALUE}).")
  private double memory = Card.H100.memory();

  @Option(
      names = "--cache",
      description = "Second-level cache's bandwidth in GB/s (default: ${DEFAULT-VALUE}).")
  private double cache = Card.H100.cache();

  @Option(
      names = "--cache-size",
      description = "What fits it of a pass's traffic, in MB (default: ${DEFAULT-VALUE}).")
  private double cacheSize = Card.H100.cacheMegabytes();

  @Option(
      names = "--launch",
      description =
          "Host's cost of a launch in the tables of passes, us (default: ${DEFAULT-VALUE}).")
  private double launch = Card.H100.launchMicros();

  @Option(
      names = "--execute",
      description = "Host's cost of an execute, us (default: ${DEFAULT-VALUE}).")
  private double execute = Card.H100.executeMicros();

  @Option(
      names = "--read",
      description = "Host's cost of a readback, us (default: ${DEFAULT-VALUE}).")
  private double read = Card.H100.readMicros();

  @Option(
      names = "--loss",
      description = "Host's cost of the loss of an image, ns (default: ${DEFAULT-VALUE}).")
  private double loss = Card.H100.lossNanos();

  @Option(names = "--write", description = "Write the tables into docs/performance.md.")
  private boolean write;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StepEstimates()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (units < 1 || clock <= 0 || multiplyAdds <= 0 || memory <= 0 || cache <= 0) {
      System.err.println("A card has units, a clock, multiply-adds and bandwidths above 0.");
      return CommandLine.ExitCode.USAGE;
    }
    Card card =
        new Card(
            name,
            units,
            clock,
            multiplyAdds,
            memory,
            cache,
            cacheSize,
            launch,
            execute,
            read,
            loss);
    String tables = of(card);
    if (write) {
      Files.writeString(PAGE, with(Files.readString(PAGE), tables));
    } else {
      System.out.print(tables);
    }
    return CommandLine.ExitCode.OK;
  }

  /** A page with the tables in their place. */
  static String with(String page, String tables) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException(PAGE + " has no place for the tables");
    }
    return page.substring(0, begin) + BEGIN + "\n\n" + tables + "\n" + page.substring(end);
  }

  /** What a page has in the tables' place. */
  static String written(String page) {
    return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)).strip() + "\n";
  }

  /** All tables. */
  static String of(Card card) {
    StringBuilder text = new StringBuilder();
    List<StepEstimate> all = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Workload workload : WORKLOADS) {
      for (int batch : workload.batches()) {
        StepEstimate step = StepEstimate.of(network(workload), batch, card);
        all.add(step);
        labels.add(String.format(Locale.ROOT, "`%s`, batch %,d", workload.preset(), batch));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d units at %.2f GHz, %.1f TFLOP/s, %,.0f GB/s.%n%n",
            card.name(),
            card.units(),
            card.gigahertz(),
            card.teraflops(),
            card.memory()));
    steps(text, labels, all);
    for (int i = 0; i < all.size(); i++) {
      text.append("\n").append(labels.get(i)).append("\n\n");
      passes(text, all.get(i));
    }
    return text.toString();
  }

  private static void steps(StringBuilder text, List<String> labels, List<StepEstimate> steps) {
    text.append(
        "| workload | card, us | TFLOP/s | launches | executes and readbacks, us | loss, us |");
    for (double micros : LAUNCHES) {
      text.append(String.format(Locale.ROOT, " images/s at %.0f us a launch |", micros));
    }
    text.append("\n| --- | ---: | ---: | ---: | ---: | ---: |");
    text.append(" ---: |".repeat(LAUNCHES.length)).append("\n");
    for (int i = 0; i < steps.size(); i++) {
      StepEstimate step = steps.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %.1f | %d | %.0f | %.0f |",
              labels.get(i),
              step.deviceMicros(),
              step.teraflops(),
              step.passes().size(),
              step.callMicros(),
              step.lossMicros()));
      for (double micros : LAUNCHES) {
        Card card = step.card().launching(micros);
        StepEstimate other = new StepEstimate(step.passes(), step.executes(), step.batch(), card);
        text.append(String.format(Locale.ROOT, " %,d |", rounded(other.imagesPerSecond())));
      }
      text.append("\n");
    }
  }

  /** Three digits are more than the model is good for. */
  private static long rounded(double value) {
    long unit = (long) Math.pow(10, Math.max(0, Math.floor(Math.log10(value)) - 2));
    return Math.round(value / unit) * unit;
  }

  private static void passes(StringBuilder text, StepEstimate step) {
    text.append("| operation | layer | work-groups | us | limit |\n");
    text.append("| --- | --- | ---: | ---: | --- |\n");
    for (PassEstimate pass : step.passes()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %,.0f | %,.1f | %s |%n",
              String.join("`, `", pass.operations()),
              pass.layer(),
              pass.groups(),
              pass.micros(),
              pass.limit()));
    }
  }

  private static Network network(Workload workload) {
    return NamedNetwork.named(workload.preset()).orElseThrow().network(new Shape(1, 28, 28), 10);
  }
}
