package org.aparanet.report.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Crossover;
import org.aparanet.bench.Machine;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Numbers;
import org.aparanet.bench.Samples;
import org.aparanet.bench.TogetherMeasurement;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;

/**
 * A report for a terminal of 100 columns: the pieces of the steps first and the answer last, where
 * it is still on the screen when the run ends.
 */
public final class TextReport {
  private static final int WIDTH = 100;
  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String RED = "\u001b[31m";
  private static final String PLAIN = "\u001b[0m";

  private final BenchReport report;
  private final PrintWriter target;
  private final boolean colour;

  private TextReport(BenchReport report, PrintWriter target, boolean colour) {
    this.report = report;
    this.target = target;
    this.colour = colour;
  }

  /**
   * Prints a report.
   *
   * @param colour whether the target is a terminal that shows colours
   */
  public static void print(BenchReport report, PrintWriter target, boolean colour) {
    TextReport text = new TextReport(report, target, colour);
    for (BenchCase example : report.cases()) {
      for (Device device : report.timed()) {
        text.operations(example, device);
      }
    }
    text.method();
    text.answer();
    target.flush();
  }

  /** The pieces of a step at the smallest batch that was measured. */
  private void operations(BenchCase example, Device device) {
    Optional<Measurement> found =
        example.batches().stream()
            .flatMap(batch -> report.of(example, batch, device).stream())
            .findFirst();
    if (found.isEmpty()) {
      return;
    }
    Measurement m = found.get();
    heading(String.format(Locale.ROOT, "%s, batch %,d, on %s", m.network(), m.batch(), device));
    target.printf(
        "  %-45s %9s %9s %15s %6s %8s%n",
        "operation", "median", "p95", "rate", "share", "launches");
    double sum = m.sumOfParts();
    for (Measurement.Part part : m.parts()) {
      StepPart p = part.part();
      target.printf(
          Locale.ROOT,
          "  %-45s %9s %9s %15s %4.0f %% %8s%n",
          p.name(),
          Numbers.time(p.nanos()),
          Numbers.time(part.samples().p95()),
          Numbers.rate(p),
          100 * p.nanos() / sum,
          p.launches() == 0 ? "-" : p.launches());
    }
    target.printf(
        Locale.ROOT,
        "  %-45s %9s %9s %15s %4.0f %% %8s%n",
        "sum of the operations",
        Numbers.time(sum),
        "",
        "",
        100.0,
        m.launches() == 0 ? "-" : m.launches());
    target.printf(
        Locale.ROOT,
        "  %-45s %9s %9s%n  the operations add up to %.0f %% of the step; %d samples, spread %.0f %%%n",
        "step",
        Numbers.time(m.step().median()),
        Numbers.time(m.step().p95()),
        100 * sum / m.step().median(),
        m.step().nanos().size(),
        100 * m.step().spread());
    target.printf(
        Locale.ROOT,
        "  once: %s to open a session, %s to hand images over, %s for the first step%n%n",
        Numbers.time(m.openSeconds() * 1e9),
        Numbers.time(m.loadSeconds() * 1e9),
        Numbers.time(m.firstStepSeconds() * 1e9));
  }

  private void method() {
    heading("How it was measured");
    wrap(
        "Medians after warm-up; p95: 95 of 100 are not above; spread: the middle half of the"
            + " samples, as a part of the median. FLOP are two for each multiply-add of the layer's"
            + " definition, and bytes count each number once.");
    for (BenchReport.Checked device : report.devices()) {
      if (device.check().right()) {
        wrap(device.firstOpen());
      }
    }
    for (Device device : report.timed()) {
      report.measurements().stream()
          .filter(m -> m.device().equals(device))
          .findFirst()
          .ifPresent(m -> wrap(device.id() + ": " + m.method() + "."));
    }
    if (!report.together().isEmpty()) {
      wrap("together: " + TogetherMeasurement.METHOD + ".");
    }
    target.println();
  }

  private void answer() {
    Machine machine = report.machine();
    heading("What the devices buy");
    for (BenchReport.Checked device : report.devices()) {
      wrap(
          device.check().verdict() + (device.check().right() ? "." : "; it was not timed."),
          device.check().right() ? "" : RED);
    }
    target.printf(
        "  %-24s %7s %-10s %10s   %13s %13s %10s%n",
        "", "", "", "a step", "training", "inference", "speed-up");
    target.printf(
        "  %-24s %7s %-10s %10s   %13s %13s %10s%n",
        "network", "batch", "device", "takes", "images/s", "images/s", "over Java");
    for (BenchCase example : report.cases()) {
      for (int batch : example.batches()) {
        for (Device device : report.timed()) {
          report.of(example, batch, device).ifPresent(m -> line(example, m));
        }
        report.together(example, batch).ifPresent(m -> line(example, m));
      }
    }
    wrap("Random images of " + report.inputs() + ".");
    for (BenchCase example : report.cases()) {
      for (Crossover crossover : report.crossovers(example)) {
        wrap(shortened(example.label()) + ": " + crossover.sentence() + ".");
      }
    }
    for (TogetherMeasurement m : report.together()) {
      wrap(
          String.format(
              Locale.ROOT, "%s, batch %,d: %s.", shortened(m.network()), m.batch(), m.sentence()));
    }
    report.notes().forEach(this::wrap);
    if (report.noisy()) {
      wrap(
          "The machine was busy with other things: where a * stands, the two halves of the samples"
              + " differ by more than 15 %.");
    }
    wrap(
        machine.processor()
            + ", "
            + machine.processors()
            + " processors"
            + (machine.load() < 0
                ? ""
                : String.format(Locale.ROOT, ", load average %.1f", machine.load()))
            + ", Java "
            + machine.java()
            + ", aparanet "
            + machine.version()
            + (machine.commit().isEmpty() ? "" : " (" + machine.commit() + ")")
            + ".");
  }

  private void line(BenchCase example, Measurement m) {
    line(
        example,
        m.batch(),
        m.device().id(),
        Numbers.time(m.step().median()) + (m.noisy() ? " *" : "  "),
        Numbers.perSecond(m.trainingRate()),
        Numbers.perSecond(m.inferenceRate()));
    boolean itself = m.device().kind() == Device.Kind.JAVA;
    target.println(itself ? String.format("%10s", "1") : speedUp(example, m.batch(), m.step()));
  }

  private void line(BenchCase example, TogetherMeasurement m) {
    line(
        example,
        m.batch(),
        "together",
        Numbers.time(m.step().median()) + (m.noisy() ? " *" : "  "),
        Numbers.perSecond(m.trainingRate()),
        "");
    target.println(speedUp(example, m.batch(), m.step()));
  }

  private void line(
      BenchCase example, int batch, String device, String step, String training, String inference) {
    target.printf(
        Locale.ROOT,
        "  %-24s %,7d %-10s %12s %13s %13s ",
        shortened(example.label()),
        batch,
        device,
        step,
        training,
        inference);
  }

  /** How many times as fast as the Java engine; nothing where that was not measured. */
  private String speedUp(BenchCase example, int batch, Samples step) {
    Optional<Measurement> java =
        report.javaEngine().flatMap(device -> report.of(example, batch, device));
    if (java.isEmpty()) {
      return "";
    }
    double factor = java.get().step().median() / step.median();
    return coloured(String.format("%10s", Numbers.significant(factor)), factor > 1 ? GREEN : RED);
  }

  private static String shortened(String label) {
    return label.length() <= 24 ? label : label.substring(0, 21) + "...";
  }

  private void heading(String text) {
    target.println(coloured(text, BOLD));
  }

  private String coloured(String text, String how) {
    return colour && !how.isEmpty() ? how + text + PLAIN : text;
  }

  private void wrap(String text) {
    wrap(text, "");
  }

  /** Breaks a paragraph into lines. */
  private void wrap(String text, String how) {
    List<String> lines = new ArrayList<>(List.of(""));
    for (String word : text.split(" ")) {
      String last = lines.get(lines.size() - 1);
      if (!last.isEmpty() && last.length() + 1 + word.length() > WIDTH - 4) {
        lines.add(word);
      } else {
        lines.set(lines.size() - 1, last.isEmpty() ? word : last + " " + word);
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      target.println((i == 0 ? "  " : "    ") + coloured(lines.get(i), how));
    }
  }
}
