package org.aparanet.report.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.BasicStroke;
import java.util.Arrays;
import java.util.List;
import org.aparanet.report.page.ChartStyle;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class CurveChartsTest {

  private static XYChart accuracy(List<Point> training, List<Point> test) {
    TrainingCurves curves =
        new TrainingCurves(List.of(), List.of(), training, test, List.of(), List.of());
    return new CurveCharts(curves, new ChartStyle(false)).accuracy();
  }

  @Test
  void aSingleEpochStandsBetweenWholePerCents() {
    XYChart chart = accuracy(List.of(new Point(1, 0.9651)), List.of(new Point(1, 0.9652)));

    assertEquals(96.0, chart.getStyler().getYAxisMin());
    assertEquals(98.0, chart.getStyler().getYAxisMax());
    assertEquals("#,##0.##", chart.getStyler().getYAxisDecimalPattern());
    assertEquals(0.0, chart.getStyler().getXAxisMin());
    assertEquals(2.0, chart.getStyler().getXAxisMax());
  }

  @Test
  void perfectAccuracyIsWithinTheFrame() {
    XYChart chart = accuracy(List.of(new Point(1, 0.1), new Point(2, 1)), List.of(new Point(2, 1)));

    assertEquals(9.0, chart.getStyler().getYAxisMin());
    assertEquals(100.0, chart.getStyler().getYAxisMax());
  }

  /** Two series differ in more than their colour, with markers and where there are too many. */
  @Test
  void seriesDifferInMarkersAndDashes() {
    List<Point> many = Arrays.asList(new Point[150]);
    for (int i = 0; i < many.size(); i++) {
      many.set(i, new Point(i + 1, 0.5));
    }
    XYChart few = accuracy(List.of(new Point(1, 0.1)), List.of(new Point(1, 0.2)));
    XYChart crowded = accuracy(many, many);

    assertNotEquals(series(few, 0).getMarker(), series(few, 1).getMarker());
    assertNotEquals(
        Arrays.toString(((BasicStroke) series(crowded, 0).getLineStyle()).getDashArray()),
        Arrays.toString(((BasicStroke) series(crowded, 1).getLineStyle()).getDashArray()));
  }

  private static XYSeries series(XYChart chart, int number) {
    return List.copyOf(chart.getSeriesMap().values()).get(number);
  }
}
