package org.aparanet.bench;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;

/** A report as one page that needs nothing else, in light and dark. */
public final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ground: #fff; --ink: #222; --line: #ccc; --soft: #f4f5f6; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #1b1d20; --ink: #ddd; --line: #44484d; --soft: #25282c; }
      }
      body { background: var(--ground); color: var(--ink); margin: 0 auto; max-width: 60rem;
        padding: 1rem; font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; }
      h3 { font-size: 1rem; margin-bottom: .3rem; }
      .wide { overflow-x: auto; margin: 1rem 0; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
      th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right;
        white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; }
      thead th { background: var(--soft); }
      .answer { background: var(--soft); padding: .6rem 1rem; border-radius: .4rem; }
      img { display: block; max-width: 100%; height: auto; margin: 1rem 0; }
      .bad { color: #d33; font-weight: bold; }
      summary { cursor: pointer; }
      """;

  private final Report report;
  private final Charts light;
  private final Charts dark;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
    light = new Charts(report, false);
    dark = new Charts(report, true);
  }

  /** The page. */
  public static String of(Report report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<link rel=\"icon\" href=\"data:,\">\n")
        .append("<title>aparanet bench</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>What the devices buy</h1>\n");
    answer();
    for (Case example : report.cases()) {
      network(example);
    }
    rooflines();
    method();
    return page.append("</body>\n</html>\n").toString();
  }

  private void answer() {
    page.append("<div class=\"answer\">\n");
    for (Report.Checked device : report.devices()) {
      boolean right = device.check().right();
      paragraph(
          device.check().verdict() + (right ? "." : "; it was not timed."), right ? "" : "bad");
    }
    for (Case example : report.cases()) {
      for (Crossover crossover : report.crossovers(example)) {
        paragraph(example.label() + ": " + crossover.sentence() + ".", "");
      }
    }
    page.append("</div>\n<div class=\"wide\"><table><thead><tr><th>network</th><th>batch</th>")
        .append("<th>device</th><th>step, median</th><th>p95</th><th>training images/s</th>")
        .append("<th>inference images/s</th><th>times Java</th></tr></thead><tbody>\n");
    for (Case example : report.cases()) {
      for (int batch : example.batches()) {
        for (Device device : report.timed()) {
          report.of(example, batch, device).ifPresent(m -> line(example, m));
        }
      }
    }
    page.append("</tbody></table></div>\n");
    report.notes().forEach(note -> paragraph(note, ""));
    if (report.noisy()) {
      paragraph(
          "The machine was busy with other things: where a * stands, the two halves of the samples"
              + " differ by more than 15 %.",
          "bad");
    }
  }

  private void line(Case example, Measurement m) {
    Optional<Measurement> java =
        report.javaEngine().flatMap(device -> report.of(example, m.batch(), device));
    row(
        m.network(),
        Numbers.whole(m.batch()),
        m.device().id(),
        Numbers.time(m.step().median()) + (m.noisy() ? " *" : ""),
        Numbers.time(m.step().p95()),
        Numbers.whole(m.trainingRate()),
        Numbers.whole(m.inferenceRate()),
        java.map(j -> Numbers.significant(j.step().median() / m.step().median())).orElse(""));
  }

  private void network(Case example) {
    heading(2, example.label());
    paragraph(example.network().text(), "");
    picture(charts -> charts.operations(example), "shares of the operations, " + example.label());
    picture(charts -> charts.throughput(example), "images/s over the batch, " + example.label());
    for (int batch : example.batches()) {
      for (Device device : report.timed()) {
        report.of(example, batch, device).ifPresent(this::operations);
      }
    }
  }

  private void operations(Measurement m) {
    page.append("<details><summary>")
        .append(escaped("batch " + Numbers.whole(m.batch()) + " on " + m.device()))
        .append("</summary>\n<div class=\"wide\"><table><thead><tr><th>operation</th>")
        .append("<th>median</th><th>p95</th><th>rate</th><th>share</th><th>launches</th>")
        .append("</tr></thead><tbody>\n");
    double sum = m.sumOfParts();
    for (Measurement.Part part : m.parts()) {
      StepPart p = part.part();
      row(
          p.name(),
          Numbers.time(p.nanos()),
          Numbers.time(part.samples().p95()),
          Numbers.rate(p),
          String.format(Locale.ROOT, "%.0f %%", 100 * p.nanos() / sum),
          p.launches() == 0 ? "" : "" + p.launches());
    }
    row("sum of the operations", Numbers.time(sum), "", "", "100 %", "" + m.launches());
    page.append("</tbody></table></div>\n");
    paragraph(
        String.format(
            Locale.ROOT,
            "A step takes %s; the sum is %.0f %% of it. Once: %s to open a session, %s to"
                + " hand over images, %s for the first step.",
            Numbers.time(m.step().median()),
            100 * sum / m.step().median(),
            Numbers.time(m.openSeconds() * 1e9),
            Numbers.time(m.loadSeconds() * 1e9),
            Numbers.time(m.firstStepSeconds() * 1e9)),
        "");
    page.append("</details>\n");
  }

  private void rooflines() {
    heading(2, "Rooflines");
    paragraph(
        "A point is an operation with arithmetic at one of the batches. The dashed roof is no"
            + " data sheet's: it is the fastest arithmetic of any operation in this run, and the"
            + " fastest memory traffic of any operation without arithmetic.",
        "");
    for (Device device : report.timed()) {
      picture(charts -> charts.roofline(device), "roofline of " + device.id());
    }
  }

  private void method() {
    heading(2, "How it was measured");
    paragraph(
        "Medians after warm-up; p95: 95 of 100 samples are not above it. FLOP are two for each"
            + " multiply-add of the layer's definition, and bytes count each number once.",
        "");
    for (Report.Checked device : report.devices()) {
      if (device.check().right()) {
        paragraph(device.firstOpen(), "");
      }
    }
    for (Device device : report.timed()) {
      report.measurements().stream()
          .filter(m -> m.device().equals(device))
          .findFirst()
          .ifPresent(m -> paragraph(device.id() + ": " + m.method() + ".", ""));
    }
    Machine machine = report.machine();
    paragraph(
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
            machine.commit().isEmpty() ? "" : ", commit " + machine.commit()),
        "");
    for (Report.Checked device : report.devices()) {
      paragraph(
          device.device()
              + ": "
              + device.device().platform()
              + (device.driver().isEmpty() ? "" : ", " + device.driver()),
          "");
    }
  }

  /** The same chart on both grounds; the browser shows the one that suits. */
  private void picture(Function<Charts, Optional<String>> draw, String alternative) {
    Optional<String> onLight = draw.apply(light);
    Optional<String> onDark = draw.apply(dark);
    if (onLight.isPresent() && onDark.isPresent()) {
      page.append("<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"")
          .append(data(onDark.get()))
          .append("\"><img alt=\"")
          .append(escaped(alternative))
          .append("\" src=\"")
          .append(data(onLight.get()))
          .append("\"></picture>\n");
    }
  }

  private static String data(String svg) {
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private void row(String... cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append("<td>").append(escaped(cell)).append("</td>");
    }
    page.append("</tr>\n");
  }

  private void heading(int level, String text) {
    page.append("<h").append(level).append('>').append(escaped(text));
    page.append("</h").append(level).append(">\n");
  }

  private void paragraph(String text, String style) {
    page.append(style.isEmpty() ? "<p>" : "<p class=\"" + style + "\">")
        .append(escaped(text))
        .append("</p>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
