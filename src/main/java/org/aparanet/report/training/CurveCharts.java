package org.aparanet.report.training;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.report.page.ChartStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the curves of a training run; two of them fit side by side on a page. */
public final class CurveCharts {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 340;

  /** Below that a line through all points needs no smoothing. */
  private static final int MANY = 20;

  private final TrainingCurves curves;
  private final ChartStyle style;

  public CurveCharts(TrainingCurves curves, ChartStyle style) {
    this.curves = curves;
    this.style = style;
  }

  /** Loss of the steps, pale, with its moving mean, and of the epochs. */
  public XYChart loss() {
    XYChart chart = chart("Training loss", "step", "loss");
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    List<Point> steps = curves.stepLoss();
    boolean many = steps.size() >= MANY;
    if (!steps.isEmpty()) {
      line(chart, many ? "steps" : "step", steps, pale(ChartStyle.colour(0)), 1);
    }
    if (many) {
      line(chart, "steps, smoothed", smoothed(steps), ChartStyle.colour(0), 2);
    }
    if (!curves.epochLoss().isEmpty()) {
      marked(chart, "epochs", curves.epochLoss(), 1);
    }
    return chart;
  }

  /** Accuracy on the training and on the test images after each epoch. */
  public XYChart accuracy() {
    XYChart chart = chart("Accuracy", "epoch", "%");
    List<Point> training = percent(curves.trainAccuracy());
    List<Point> test = percent(curves.testAccuracy());
    marked(chart, "training", training, 0);
    marked(chart, "test", test, 1);
    List<Point> all = new ArrayList<>(training);
    all.addAll(test);
    frame(chart, all);
    return chart;
  }

  /** The learning rate of the steps. */
  public XYChart learningRate() {
    XYChart chart = chart("Learning rate", "step", "learning rate");
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0).setLegendVisible(false);
    line(chart, "learning rate", curves.learningRate(), ChartStyle.colour(2), 2);
    return chart;
  }

  /** Mean of each point and of its neighbours to both sides, of all together a twenty-fifth. */
  public static List<Point> smoothed(List<Point> points) {
    int reach = Math.max(1, points.size() / 50);
    List<Point> smoothed = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      int side = Math.min(reach, Math.min(i, points.size() - 1 - i)); // the same to both sides
      double mean =
          points.subList(i - side, i + side + 1).stream().mapToDouble(Point::y).average().orElse(0);
      smoothed.add(new Point(points.get(i).x(), mean));
    }
    return smoothed;
  }

  /** Whole per cent as bounds, also around a single value; a single epoch stands in the middle. */
  private static void frame(XYChart chart, List<Point> percents) {
    double least = percents.stream().mapToDouble(Point::y).min().orElse(0);
    double most = percents.stream().mapToDouble(Point::y).max().orElse(100);
    chart.getStyler().setYAxisMin(Math.max(0, Math.floor(least - 0.5)));
    chart.getStyler().setYAxisMax(Math.min(100, Math.ceil(most + 0.5)));
    chart.getStyler().setYAxisDecimalPattern("#,##0.##");
    double last = percents.stream().mapToDouble(Point::x).max().orElse(1);
    if (percents.stream().allMatch(point -> point.x() == last)) {
      chart.getStyler().setXAxisMin(last - 1).setXAxisMax(last + 1);
      chart.getStyler().setXAxisDecimalPattern("#,##0.#");
    }
  }

  private static List<Point> percent(List<Point> shares) {
    return shares.stream().map(point -> new Point(point.x(), 100 * point.y())).toList();
  }

  private XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    style.apply(chart.getStyler());
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setXAxisDecimalPattern("#,##0.###").setYAxisDecimalPattern("#,##0.#####");
    return chart;
  }

  private void line(XYChart chart, String name, List<Point> points, Color colour, float width) {
    XYSeries series = add(chart, name, points);
    series.setMarker(SeriesMarkers.NONE).setLineColor(colour);
    series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static void marked(XYChart chart, String name, List<Point> points, int number) {
    XYSeries series = add(chart, name, points);
    series.setLineColor(ChartStyle.colour(number)).setLineStyle(ChartStyle.line(number, 2));
    series.setMarkerColor(ChartStyle.colour(number));
    series.setMarker(points.size() > 100 ? SeriesMarkers.NONE : ChartStyle.marker(number));
  }

  private static XYSeries add(XYChart chart, String name, List<Point> points) {
    return chart.addSeries(
        name,
        points.stream().mapToDouble(Point::x).toArray(),
        points.stream().mapToDouble(Point::y).toArray());
  }

  private Color pale(Color colour) {
    int ground = style.dark() ? 0x1B : 0xFF;
    return new Color(
        (colour.getRed() + 2 * ground) / 3,
        (colour.getGreen() + 2 * ground) / 3,
        (colour.getBlue() + 2 * ground) / 3);
  }
}
