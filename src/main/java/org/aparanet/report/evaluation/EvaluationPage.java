package org.aparanet.report.evaluation;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aparanet.report.page.ChartStyle;
import org.aparanet.report.page.HtmlPage;
import org.aparanet.report.training.CurveCharts;
import org.aparanet.report.training.Point;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.ConfusionMatrix;
import org.knowm.xchart.XYChart;

/** A report as one page that needs nothing else. */
public final class EvaluationPage {

  /** A wider matrix cannot be read; then its largest cells stand in its place. */
  static final int WIDEST_MATRIX = 64;

  private static final int LONGEST_LIST = 40;
  private static final String UNKNOWN = "–";

  private static final String STYLE =
      """
      :root { --faint: #6b6b6b; }
      @media (prefers-color-scheme: dark) { :root { --faint: #9a9fa5; } }
      .answer p { margin: 0; } .big { font-size: 2rem; line-height: 1.3; }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem; }
      dt { color: var(--faint); } dd { margin: 0; }
      .matrix th, .matrix td { text-align: right; padding: .25rem .5rem; }
      .matrix th:first-child { text-align: left; }
      .matrix thead th:first-child { white-space: normal; min-width: 5rem; }
      .matrix .zero { color: var(--faint); }
      .pictures { display: flex; flex-wrap: wrap; gap: 1rem .8rem; padding: 0; list-style: none; }
      .pictures li { width: 7rem; font-size: .85rem; line-height: 1.35; }
      .pictures img { width: 7rem; height: auto; margin: 0 0 .3rem; image-rendering: pixelated;
        border: 1px solid var(--line); box-sizing: border-box; }
      .filters li, .filters img { width: 3.5rem; }
      .filters li { text-align: center; color: var(--faint); }
      .charts { display: grid; gap: 1rem;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); }
      .charts img { margin: 0; width: 100%; max-width: 36rem; }
      @media (max-width: 30rem) {
        dl { grid-template-columns: minmax(0, 1fr); gap: 0; } dd { margin-bottom: .5rem; }
        th, td { padding: .25rem .4rem; }
      }
      """;

  private final EvaluationReport report;
  private final HtmlPage page;

  private EvaluationPage(EvaluationReport report) {
    this.report = report;
    page = new HtmlPage(report.network + " on " + report.dataSet, STYLE);
  }

  /** The page. */
  public static String of(EvaluationReport report) {
    return new EvaluationPage(report).page();
  }

  private String page() {
    page.markup("<main>\n");
    headline();
    report.curves.ifPresent(this::training);
    confusion();
    classes();
    mistakes();
    filters();
    return page.markup("</main>\n").finish();
  }

  private void headline() {
    Accuracy accuracy = report.confusion.accuracy();
    page.heading(1, report.network + " on " + report.dataSet);
    page.markup("<div class=\"answer\">\n");
    page.paragraph(format("%.2f %%", 100 * accuracy.share()), "big");
    page.paragraph(
        format(
            "test accuracy: %,d of %,d images; mean loss %.4f",
            accuracy.correct(), accuracy.count(), report.loss));
    page.markup("</div>\n<dl>\n");
    fact("layers", report.layers);
    fact("parameters", format("%,d", report.parameters));
    fact("data set", report.dataSet);
    fact("images", format("%,d in %d classes", accuracy.count(), report.confusion.classes()));
    fact("tested on", report.device);
    report.facts.forEach(fact -> fact(fact.name(), fact.value()));
    fact("date", report.time.truncatedTo(ChronoUnit.SECONDS).toString());
    page.markup("</dl>\n");
  }

  private void fact(String name, String value) {
    page.markup("<dt>").text(name).markup("</dt><dd>").text(value).markup("</dd>\n");
  }

  private void training(TrainingCurves curves) {
    page.heading(2, "Training").markup("<div class=\"charts\">\n");
    if (!curves.stepLoss().isEmpty() || !curves.epochLoss().isEmpty()) {
      chart(curves, CurveCharts::loss, "training loss over the steps" + ends(curves.stepLoss()));
    }
    if (!curves.testAccuracy().isEmpty()) {
      chart(
          curves,
          CurveCharts::accuracy,
          "test accuracy over the epochs" + ends(curves.testAccuracy()));
    }
    if (!curves.learningRate().isEmpty()) {
      chart(
          curves,
          CurveCharts::learningRate,
          "learning rate over the steps" + ends(curves.learningRate()));
    }
    page.markup("</div>\n");
    epochs(curves);
  }

  private void chart(TrainingCurves curves, Function<CurveCharts, XYChart> draw, String text) {
    page.chart(
        draw.apply(new CurveCharts(curves, new ChartStyle(false))),
        draw.apply(new CurveCharts(curves, new ChartStyle(true))),
        text);
  }

  private static String ends(List<Point> points) {
    return points.isEmpty()
        ? ""
        : format(", from %.4g to %.4g", points.get(0).y(), points.get(points.size() - 1).y());
  }

  private void epochs(TrainingCurves curves) {
    if (curves.tested().isEmpty()) {
      return;
    }
    page.markup("<details><summary>Numbers of the epochs</summary>\n");
    page.openTable(
        "Each tested epoch's training, and the test after it",
        "epoch",
        "training loss",
        "training accuracy",
        "test accuracy");
    for (TrainingCurves.TestedEpoch tested : curves.tested()) {
      page.row(
          "" + tested.epoch(),
          format("%.4f", tested.trainLoss()),
          format("%.2f %%", 100 * tested.trainAccuracy()),
          format("%.2f %%", 100 * tested.testAccuracy()));
    }
    page.closeTable().markup("</details>\n");
  }

  private void confusion() {
    page.heading(2, "Confusion matrix");
    List<ConfusionMatrix.Confusion> confusions = report.confusion.confusions();
    if (confusions.isEmpty()) {
      page.paragraph("No image was taken for another class than its own.");
    } else {
      page.paragraph(
          "Most often confused: "
              + confusions.stream()
                  .limit(3)
                  .map(
                      c ->
                          format(
                              "%s taken for %s (%,d)",
                              name(c.truth()), name(c.predicted()), c.count()))
                  .collect(Collectors.joining(", "))
              + ".");
    }
    if (report.confusion.classes() <= WIDEST_MATRIX) {
      matrix();
      return;
    }
    page.paragraph(
        format(
            "A matrix of %,d classes is too wide to read; these are its largest cells.",
            report.confusion.classes()));
    page.openTable("Images by true and predicted class", "true class", "taken for", "images");
    confusions.stream()
        .limit(LONGEST_LIST)
        .forEach(c -> page.row(name(c.truth()), name(c.predicted()), format("%,d", c.count())));
    page.closeTable();
  }

  private void matrix() {
    ConfusionMatrix confusion = report.confusion;
    double worst =
        confusion.confusions().stream()
            .mapToDouble(c -> share(c.truth(), c.count()))
            .max()
            .orElse(1);
    page.markup("<div class=\"matrix\">\n");
    page.openTable(
        "Number of images; rows: true class, columns: predicted class. Hits are blue, mistakes the"
            + " redder the larger their share of the row");
    page.markup("<th scope=\"col\">true \\ predicted</th>");
    for (int c = 0; c < confusion.classes(); c++) {
      page.markup("<th scope=\"col\">").text(name(c)).markup("</th>");
    }
    page.markup("</tr></thead><tbody>\n");
    for (int truth = 0; truth < confusion.classes(); truth++) {
      page.markup("<tr><th scope=\"row\">").text(name(truth)).markup("</th>");
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        cell(truth, predicted, worst);
      }
      page.markup("</tr>\n");
    }
    page.closeTable().markup("</div>\n");
  }

  /** Hits are shaded by their share of the row, mistakes by theirs of the worst mistake's share. */
  private void cell(int truth, int predicted, double worst) {
    int count = report.confusion.count(truth, predicted);
    if (count == 0) {
      page.markup("<td class=\"zero\">0</td>");
      return;
    }
    boolean hit = truth == predicted;
    double share = share(truth, count) / (hit ? 1 : worst);
    page.markup(
        format(
            "<td style=\"background: rgba(%s, %.2f)\">%d</td>",
            hit ? "68, 119, 170" : "238, 102, 119", 0.5 * share, count));
  }

  private double share(int truth, int count) {
    return (double) count / report.confusion.support(truth);
  }

  private void classes() {
    ConfusionMatrix confusion = report.confusion;
    page.heading(2, "Classes");
    page.openTable(
        "Precision: share of the images taken for the class that are of it; recall: share of its"
            + " images taken for it",
        "class",
        "precision",
        "recall",
        "F1",
        "images");
    for (int c = 0; c < confusion.classes(); c++) {
      page.row(
          name(c),
          percent(confusion.precision(c)),
          percent(confusion.recall(c)),
          percent(confusion.f1(c)),
          format("%,d", confusion.support(c)));
    }
    page.closeTable();
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? format("%.2f %%", 100 * share.getAsDouble()) : UNKNOWN;
  }

  private void mistakes() {
    page.heading(2, "Worst mistakes");
    if (report.mistakes.isEmpty()) {
      page.paragraph("Every image was classified correctly.");
      return;
    }
    Accuracy accuracy = report.confusion.accuracy();
    int wrong = accuracy.count() - accuracy.correct();
    page.paragraph(
        (wrong > report.mistakes.size()
                ? format(
                    "The %d of the %,d misclassified images with the highest loss",
                    report.mistakes.size(), wrong)
                : format("All misclassified images: %d", wrong))
            + (report.channels == 1 || report.channels == 3
                ? "."
                : format("; of %d channels the first is shown.", report.channels)));
    page.markup("<ul class=\"pictures\">\n");
    for (Mistake mistake : report.mistakes) {
      String truth = name(mistake.truth());
      String predicted = name(mistake.predicted());
      page.markup("<li>");
      image(
          mistake.picture(),
          format("image %d: %s, taken for %s", mistake.image(), truth, predicted));
      page.text(
          format(
              "%s, taken for %s (%.1f %%); image %d",
              truth, predicted, 100 * mistake.probability(), mistake.image()));
      page.markup("</li>\n");
    }
    page.markup("</ul>\n");
  }

  private void filters() {
    page.heading(2, "Filters of the first convolution");
    if (report.filters.isEmpty()) {
      page.paragraph("The network has no convolution whose filters could be shown.");
      return;
    }
    FirstFilters first = report.filters.get();
    String scale =
        first.channels() == 3
            ? "The weights for red, green and blue are shown as colours; grey is zero"
            : "Blue is negative, red is positive, white is zero";
    String left =
        first.channels() == 1 || first.channels() == 3
            ? ""
            : format("; of %,d input channels the first is shown", first.channels());
    String cut =
        first.of() > first.filters().size()
            ? format("; the first %d of %,d filters", first.filters().size(), first.of())
            : "";
    page.paragraph(
        first.layer() + ". " + scale + ", each filter at its own scale" + left + cut + ".");
    page.markup("<ul class=\"pictures filters\">\n");
    for (FirstFilters.Filter filter : first.filters()) {
      page.markup("<li>");
      image(
          filter.picture(),
          format(
              "filter %d: weights from %.3f to %.3f",
              filter.number(), filter.least(), filter.most()));
      page.text("" + filter.number()).markup("</li>\n");
    }
    page.markup("</ul>\n");
  }

  private void image(Thumbnail picture, String alternative) {
    page.image(picture.png(), picture.shape().width(), picture.shape().height(), alternative);
  }

  private String name(int c) {
    return report.label(c);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
