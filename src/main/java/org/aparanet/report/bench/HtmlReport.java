package org.aparanet.report.bench;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Crossover;
import org.aparanet.bench.Machine;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Numbers;
import org.aparanet.bench.TogetherMeasurement;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;
import org.aparanet.report.page.ChartStyle;
import org.aparanet.report.page.HtmlPage;
import org.knowm.xchart.internal.chartpart.Chart;

/** A report as one page that needs nothing else, in light and dark. */
public final class HtmlReport {
  private final BenchReport report;
  private final Charts light;
  private final Charts dark;
  private final HtmlPage page = new HtmlPage("aparanet bench", "");

  private HtmlReport(BenchReport report) {
    this.report = report;
    light = new Charts(report, new ChartStyle(false));
    dark = new Charts(report, new ChartStyle(true));
  }

  /** The page. */
  public static String of(BenchReport report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    page.heading(1, "What the devices buy");
    answer();
    for (BenchCase example : report.cases()) {
      network(example);
    }
    rooflines();
    method();
    return page.finish();
  }

  private void answer() {
    page.markup("<div class=\"answer\">\n");
    for (BenchReport.Checked device : report.devices()) {
      boolean right = device.check().right();
      page.paragraph(
          device.check().verdict() + (right ? "." : "; it was not timed."), right ? "" : "bad");
    }
    for (BenchCase example : report.cases()) {
      for (Crossover crossover : report.crossovers(example)) {
        page.paragraph(example.label() + ": " + crossover.sentence() + ".");
      }
    }
    page.markup("</div>\n");
    page.openTable(
        "Steps and inference",
        "network",
        "images",
        "batch",
        "device",
        "step, median",
        "p95",
        "training images/s",
        "inference images/s",
        "times Java");
    for (BenchCase example : report.cases()) {
      for (int batch : example.batches()) {
        for (Device device : report.timed()) {
          report.of(example, batch, device).ifPresent(m -> line(example, m));
        }
      }
    }
    page.closeTable();
    together();
    report.notes().forEach(note -> page.paragraph(note));
    if (report.noisy()) {
      page.paragraph(
          "The machine was busy with other things: where a * stands, the two halves of the samples"
              + " differ by more than 15 %.",
          "bad");
    }
  }

  private void line(BenchCase example, Measurement m) {
    Optional<Measurement> java =
        report.javaEngine().flatMap(device -> report.of(example, m.batch(), device));
    page.row(
        m.network(),
        example.input(),
        Numbers.whole(m.batch()),
        m.device().id(),
        Numbers.time(m.step().median()) + (m.noisy() ? " *" : ""),
        Numbers.time(m.step().p95()),
        Numbers.perSecond(m.trainingRate()),
        Numbers.perSecond(m.inferenceRate()),
        java.map(j -> Numbers.significant(j.step().median() / m.step().median())).orElse(""));
  }

  private void together() {
    if (report.together().isEmpty()) {
      return;
    }
    page.openTable(
        "Several devices together",
        "network",
        "batch",
        "devices, with their shares",
        "step, median",
        "p95",
        "training images/s",
        "times the fastest alone",
        "averaging, a round");
    for (TogetherMeasurement m : report.together()) {
      page.row(
          m.network(),
          Numbers.whole(m.batch()),
          m.devices(),
          Numbers.time(m.step().median()) + (m.noisy() ? " *" : ""),
          Numbers.time(m.step().p95()),
          Numbers.perSecond(m.trainingRate()),
          Numbers.significant(m.speedUp()) + " (" + m.fastest().device().id() + ")",
          m.averagingNanos() > 0 ? Numbers.time(m.averagingNanos()) : "not measurable");
    }
    page.closeTable();
  }

  private void network(BenchCase example) {
    page.heading(2, example.label());
    page.paragraph(example.network().text());
    page.paragraph("Images of " + example.input() + ".");
    picture(charts -> charts.operations(example), "shares of the operations, " + example.label());
    picture(charts -> charts.throughput(example), "images/s over the batch, " + example.label());
    for (int batch : example.batches()) {
      for (Device device : report.timed()) {
        report.of(example, batch, device).ifPresent(this::operations);
      }
    }
  }

  private void operations(Measurement m) {
    String what = "batch " + Numbers.whole(m.batch()) + " on " + m.device();
    page.markup("<details><summary>").text(what).markup("</summary>\n");
    page.openTable(
        "Operations, " + what, "operation", "median", "p95", "rate", "share", "launches");
    double sum = m.sumOfParts();
    for (Measurement.Part part : m.parts()) {
      StepPart p = part.part();
      page.row(
          p.name(),
          Numbers.time(p.nanos()),
          Numbers.time(part.samples().p95()),
          Numbers.rate(p),
          String.format(Locale.ROOT, "%.0f %%", 100 * p.nanos() / sum),
          p.launches() == 0 ? "" : "" + p.launches());
    }
    page.row("sum of the operations", Numbers.time(sum), "", "", "100 %", "" + m.launches());
    page.closeTable();
    page.paragraph(
        String.format(
            Locale.ROOT,
            "A step takes %s; the sum is %.0f %% of it. Once: %s to open a session, %s to"
                + " hand over images, %s for the first step.",
            Numbers.time(m.step().median()),
            100 * sum / m.step().median(),
            Numbers.time(m.openSeconds() * 1e9),
            Numbers.time(m.loadSeconds() * 1e9),
            Numbers.time(m.firstStepSeconds() * 1e9)));
    page.markup("</details>\n");
  }

  private void rooflines() {
    page.heading(2, "Rooflines");
    page.paragraph(
        "A point is an operation with arithmetic at one of the batches. The dashed roof is no"
            + " data sheet's: it is the fastest arithmetic of any operation in this run, and the"
            + " fastest memory traffic of any operation without arithmetic.");
    for (Device device : report.timed()) {
      picture(charts -> charts.roofline(device), "roofline of " + device.id());
    }
  }

  private void method() {
    page.heading(2, "How it was measured");
    page.paragraph(
        "Medians after warm-up; p95: 95 of 100 samples are not above it. FLOP are two for each"
            + " multiply-add of the layer's definition, and bytes count each number once.");
    for (BenchReport.Checked device : report.devices()) {
      if (device.check().right()) {
        page.paragraph(device.firstOpen());
      }
    }
    for (Device device : report.timed()) {
      report.measurements().stream()
          .filter(m -> m.device().equals(device))
          .findFirst()
          .ifPresent(m -> page.paragraph(device.id() + ": " + m.method() + "."));
    }
    if (!report.together().isEmpty()) {
      page.paragraph("together: " + TogetherMeasurement.METHOD + ".");
    }
    Machine machine = report.machine();
    page.paragraph(
        String.format(
            Locale.ROOT,
            "%s: %s, %d processors%s, %s, Java %s, aparanet %s%s.",
            report.time().truncatedTo(ChronoUnit.SECONDS),
            machine.processor(),
            machine.processors(),
            machine.load() < 0
                ? ""
                : String.format(Locale.ROOT, ", load average %.1f", machine.load()),
            machine.system(),
            machine.java(),
            machine.version(),
            machine.commit().isEmpty() ? "" : ", commit " + machine.commit()));
    for (BenchReport.Checked device : report.devices()) {
      page.paragraph(
          device.device()
              + ": "
              + device.device().platform()
              + (device.driver().isEmpty() ? "" : ", " + device.driver()));
    }
  }

  /** The same chart on both grounds; the browser shows the one that suits. */
  private void picture(Function<Charts, Optional<? extends Chart<?, ?>>> draw, String alternative) {
    Optional<? extends Chart<?, ?>> onLight = draw.apply(light);
    Optional<? extends Chart<?, ?>> onDark = draw.apply(dark);
    if (onLight.isPresent() && onDark.isPresent()) {
      page.chart(onLight.get(), onDark.get(), alternative);
    }
  }
}
