package org.aparanet.report.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.aparanet.file.IoReason;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How the charts of a page look.
 *
 * @param dark whether the ground is dark
 */
public record ChartStyle(boolean dark) {
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

  /** Markers and dashes tell series apart where colours do not, as in print. */
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.CROSS,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final List<float[]> DASHES =
      List.of(
          new float[] {1, 0}, new float[] {8, 4}, new float[] {2, 4}, new float[] {10, 4, 2, 4});

  /** Size of a chart's smallest letters, where it is drawn in its own size. */
  private static final int LETTERS = 15;

  /** The smallest size in pixels at which letters are shown. */
  private static final int READABLE = 11;

  static {
    System.setProperty("java.awt.headless", "true"); // nothing is shown, and there may be no screen
  }

  /** The colour of a chart's n-th series, from 0; they begin again after the last one. */
  public static Color colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  /** The marker of a chart's n-th series, from 0. */
  public static Marker marker(int series) {
    return MARKERS.get(series % MARKERS.size());
  }

  /** The line of a chart's n-th series, from 0, of a width in pixels; only the first is whole. */
  public static BasicStroke line(int series, float width) {
    float[] dashes = DASHES.get(series % DASHES.size());
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes[1] == 0 ? null : dashes, 0);
  }

  /** The least width at which a chart's letters can be read; a narrower page scrolls it. */
  static int leastWidth(int width) {
    return width * READABLE / LETTERS;
  }

  /** The colour of letters. */
  public Color ink() {
    return dark ? new Color(0xDDDDDD) : new Color(0x222222);
  }

  /** Gives a chart the page's colours and fonts, and its legend a place to the right. */
  public void apply(AxesChartStyler styler) {
    Color ground = dark ? new Color(0x1B1D20) : Color.WHITE;
    Color line = dark ? new Color(0x44484D) : new Color(0xCCCCCC);
    styler.setAxisTickLabelsColor(ink());
    styler.setAxisTickMarksColor(ink());
    styler.setPlotGridLinesColor(line);
    styler.setXAxisTitleColor(ink());
    styler.setYAxisTitleColor(ink());
    styler.setAxisTickLabelsFont(font(Font.PLAIN, LETTERS));
    styler.setAxisTitleFont(font(Font.PLAIN, LETTERS + 1));
    styler.setChartBackgroundColor(ground);
    styler.setPlotBackgroundColor(ground);
    styler.setPlotBorderColor(line);
    styler.setLegendBackgroundColor(ground);
    styler.setLegendBorderColor(ground);
    styler.setLegendFont(font(Font.PLAIN, LETTERS));
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setChartFontColor(ink());
    styler.setChartTitleFont(font(Font.BOLD, LETTERS + 2));
    styler.setChartTitleBoxVisible(false);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /**
   * A chart as SVG. Without the reference to its document type, which lies on another machine, and
   * without digits of coordinates that nobody sees: letters are drawn as curves and take most of
   * the room.
   */
  static String svg(Chart<?, ?> chart) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
      return bytes
          .toString(StandardCharsets.UTF_8)
          .replaceFirst("<!DOCTYPE[^>]*>", "")
          .replaceAll("(\\d\\.\\d\\d)\\d+", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException("a chart could not be drawn (" + IoReason.of(e) + ")", e);
    }
  }
}
