package org.aparanet.bench;

import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.aparanet.engine.Device;
import org.aparanet.engine.StepPart;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a report's charts as SVG, on a light or a dark ground. */
final class Charts {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 440;

  /** Colours that are told apart on both grounds, also by most who see few colours. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x4477AA),
          new Color(0xEE6677),
          new Color(0x228833),
          new Color(0xCCBB44),
          new Color(0x66CCEE),
          new Color(0xAA3377),
          new Color(0x999999),
          new Color(0xEE7733),
          new Color(0x009988),
          new Color(0x997700),
          new Color(0x6699CC),
          new Color(0xBB5566),
          new Color(0x88AA44),
          new Color(0x7755CC),
          new Color(0xDD9988));

  static {
    System.setProperty("java.awt.headless", "true"); // nothing is shown, and there may be no screen
  }

  private final Report report;
  private final boolean dark;

  Charts(Report report, boolean dark) {
    this.report = report;
    this.dark = dark;
  }

  /** For one network at its smallest batch: what each device's step is made of. */
  Optional<String> operations(Case example) {
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
    chart.getStyler().setStacked(true).setAvailableSpaceFill(0.5);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
    style(chart.getStyler());
    List<String> devices =
        measured.stream().map(m -> m.device().id() + ", " + Numbers.time(m.sumOfParts())).toList();
    for (StepPart.Kind kind : StepPart.Kind.values()) {
      List<Double> shares =
          measured.stream()
              .map(m -> 100 * kinds(m).getOrDefault(kind, 0.0) / m.sumOfParts())
              .toList();
      if (shares.stream().anyMatch(share -> share > 0)) {
        chart
            .addSeries(kind.toString(), devices, shares)
            .setFillColor(COLOURS.get(kind.ordinal() % COLOURS.size()));
      }
    }
    return Optional.of(svg(chart));
  }

  /** For one network: images in a second over the batch, a line for each device. */
  Optional<String> throughput(Case example) {
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
        series.setLineColor(COLOURS.get(i % COLOURS.size()));
        series.setMarkerColor(COLOURS.get(i % COLOURS.size())).setMarker(SeriesMarkers.CIRCLE);
      }
    }
    return empty ? Optional.empty() : Optional.of(svg(chart));
  }

  /** For one device: speed of each operation with arithmetic over its FLOP for each byte. */
  Optional<String> roofline(Device device) {
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
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(COLOURS.get(i % COLOURS.size()));
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
    roof.setLineColor(ink());
    return Optional.of(svg(chart));
  }

  private static Map<StepPart.Kind, Double> kinds(Measurement m) {
    Map<StepPart.Kind, Double> kinds = new EnumMap<>(StepPart.Kind.class);
    m.parts().forEach(p -> kinds.merge(p.part().kind(), p.part().nanos(), Double::sum));
    return kinds;
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
    style(styler);
    return chart;
  }

  private Color ink() {
    return dark ? new Color(0xDDDDDD) : new Color(0x222222);
  }

  private void style(AxesChartStyler styler) {
    Color ground = dark ? new Color(0x1B1D20) : Color.WHITE;
    Color line = dark ? new Color(0x44484D) : new Color(0xCCCCCC);
    styler.setAxisTickLabelsColor(ink());
    styler.setAxisTickMarksColor(ink());
    styler.setPlotGridLinesColor(line);
    styler.setXAxisTitleColor(ink());
    styler.setYAxisTitleColor(ink());
    styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
    styler.setAxisTitleFont(font(Font.PLAIN, 14));
    styler.setChartBackgroundColor(ground);
    styler.setPlotBackgroundColor(ground);
    styler.setPlotBorderColor(line);
    styler.setLegendBackgroundColor(ground);
    styler.setLegendBorderColor(ground);
    styler.setLegendFont(font(Font.PLAIN, 13));
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setChartFontColor(ink());
    styler.setChartTitleFont(font(Font.BOLD, 16));
    styler.setChartTitleBoxVisible(false);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /**
   * Without the reference to its document type, which lies on another machine, and without digits
   * of coordinates that nobody sees: letters are drawn as curves and take most of the room.
   */
  private static String svg(Chart<?, ?> chart) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
      return bytes
          .toString(StandardCharsets.UTF_8)
          .replaceFirst("<!DOCTYPE[^>]*>", "")
          .replaceAll("(\\d\\.\\d\\d)\\d+", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException("a chart could not be drawn (" + e.getMessage() + ")", e);
    }
  }
}
