package org.aparanet.report.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Numbers;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;
import org.aparanet.report.page.ChartStyle;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a report's charts, on a light or a dark ground. */
final class Charts {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  private final BenchReport report;
  private final ChartStyle style;

  Charts(BenchReport report, ChartStyle style) {
    this.report = report;
    this.style = style;
  }

  /**
   * For one network at its smallest batch: what each device's step is made of, a group of bars for
   * each kind of operation and in it a bar for each device, in the legend's order.
   */
  Optional<CategoryChart> operations(BenchCase example) {
    List<Measurement> measured = new ArrayList<>();
    int batch = 0;
    for (int candidate : example.batches()) {
      if (measured.isEmpty()) {
        for (Device device : report.timed()) {
          report.of(example, candidate, device).ifPresent(measured::add);
        }
        batch = candidate;
      }
    }
    if (measured.isEmpty()) {
      return Optional.empty();
    }
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(example.label() + ", batch " + Numbers.whole(batch))
            .yAxisTitle("share of the step, %")
            .build();
    chart.getStyler().setAvailableSpaceFill(0.8).setXAxisLabelRotation(45);
    chart.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("#,##0.#");
    style.apply(chart.getStyler());
    List<StepPart.Kind> kinds =
        Stream.of(StepPart.Kind.values())
            .filter(kind -> measured.stream().anyMatch(m -> share(m, kind) > 0))
            .toList();
    for (int i = 0; i < measured.size(); i++) {
      Measurement m = measured.get(i);
      chart
          .addSeries(
              m.device().id() + ", " + Numbers.time(m.sumOfParts()),
              kinds.stream().map(StepPart.Kind::toString).toList(),
              kinds.stream().map(kind -> share(m, kind)).toList())
          .setFillColor(ChartStyle.colour(i));
    }
    return Optional.of(chart);
  }

  /** For one network: images in a second over the batch, a line for each device. */
  Optional<XYChart> throughput(BenchCase example) {
    XYChart chart = xy(example.label() + ": training", "images in a step", "images/s");
    boolean empty = true;
    for (int i = 0; i < report.timed().size(); i++) {
      Device device = report.timed().get(i);
      SortedMap<Integer, Double> curve = report.curve(example, device);
      if (!curve.isEmpty()) {
        empty = false;
        List<Integer> batches = List.copyOf(curve.keySet());
        List<Double> rates = batches.stream().map(b -> b * 1e9 / curve.get(b)).toList();
        XYSeries series = chart.addSeries(device.id(), batches, rates);
        series.setLineColor(ChartStyle.colour(i)).setLineStyle(ChartStyle.line(i, 2));
        series.setMarkerColor(ChartStyle.colour(i)).setMarker(ChartStyle.marker(i));
      }
    }
    return empty ? Optional.empty() : Optional.of(chart);
  }

  /** For one device: speed of each operation with arithmetic over its FLOP for each byte. */
  Optional<XYChart> roofline(Device device) {
    XYChart chart = xy(device.id() + ": roofline", "FLOP for each byte", "GFLOP/s");
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    double peak = 0;
    double bandwidth = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < report.cases().size(); i++) {
      List<Double> intensities = new ArrayList<>();
      List<Double> speeds = new ArrayList<>();
      for (Measurement m : report.measurements()) {
        if (!m.device().equals(device) || !m.network().equals(report.cases().get(i).label())) {
          continue;
        }
        for (Measurement.Part part : m.parts()) {
          StepPart p = part.part();
          if (p.nanos() > 0 && p.flop() == 0) {
            bandwidth = Math.max(bandwidth, p.bytes() / p.nanos());
          }
          if (p.nanos() > 0 && p.flop() > 0) {
            intensities.add(p.flop() / p.bytes());
            speeds.add(p.flop() / p.nanos());
            peak = Math.max(peak, p.flop() / p.nanos());
            least = Math.min(least, p.flop() / p.bytes());
            most = Math.max(most, p.flop() / p.bytes());
          }
        }
      }
      if (!speeds.isEmpty()) {
        XYSeries series = chart.addSeries(report.cases().get(i).label(), intensities, speeds);
        series.setMarker(ChartStyle.marker(i)).setMarkerColor(ChartStyle.colour(i));
      }
    }
    if (peak == 0 || bandwidth == 0) {
      return Optional.empty();
    }
    double ridge = peak / bandwidth;
    double left = Math.min(least, ridge) / 2; // so that the slope is seen
    double right = Math.max(most, 2 * ridge);
    XYSeries roof =
        chart.addSeries(
            "fastest seen here",
            List.of(left, ridge, right),
            List.of(left * bandwidth, peak, peak));
    roof.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    roof.setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.DASH_DASH);
    roof.setLineColor(style.ink());
    return Optional.of(chart);
  }

  private static Map<StepPart.Kind, Double> kinds(Measurement m) {
    Map<StepPart.Kind, Double> kinds = new EnumMap<>(StepPart.Kind.class);
    m.parts().forEach(p -> kinds.merge(p.part().kind(), p.part().nanos(), Double::sum));
    return kinds;
  }

  /** Part of a step's time, in per cent. */
  private static double share(Measurement m, StepPart.Kind kind) {
    return 100 * kinds(m).getOrDefault(kind, 0.0) / m.sumOfParts();
  }

  private XYChart xy(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    styler.setXAxisDecimalPattern("#,##0.###").setYAxisDecimalPattern("#,##0.###");
    style.apply(styler);
    return chart;
  }
}
