package org.aparanet.report.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedSeriesTest {

  @Test
  void fewValuesStayAsTheyAre() {
    BoundedSeries series = new BoundedSeries(4);
    assertEquals(List.of(), series.points());

    series.add(1, 10);
    series.add(2, 20);
    series.add(3, 60);

    assertEquals(List.of(new Point(1, 10), new Point(2, 20), new Point(3, 60)), series.points());
  }

  @Test
  void neighboursAreJoinedToTheirMean() {
    BoundedSeries series = new BoundedSeries(4);
    for (int i = 1; i <= 7; i++) {
      series.add(i, 10 * i);
    }

    assertEquals(
        List.of(new Point(1.5, 15), new Point(3.5, 35), new Point(5.5, 55), new Point(7, 70)),
        series.points());
  }

  @Test
  void neverHoldsMoreThanItsLimitAndKeepsTheMean() {
    BoundedSeries series = new BoundedSeries(TrainingCurves.MOST_POINTS);
    int count = 1 << 20; // so that all points stand for equally many values
    for (int i = 0; i < count; i++) {
      series.add(i, i % 7);
      if (i % 999 == 0) {
        assertTrue(series.points().size() <= TrainingCurves.MOST_POINTS);
      }
    }
    List<Point> points = series.points();

    assertTrue(points.size() > TrainingCurves.MOST_POINTS / 4, points.size() + " points");
    assertEquals(3, points.get(points.size() / 2).y(), 0.01);
    for (int i = 1; i < points.size(); i++) {
      assertTrue(points.get(i - 1).x() < points.get(i).x());
    }
  }

  @Test
  void anOddLimitCannotBeHalved() {
    assertThrows(IllegalArgumentException.class, () -> new BoundedSeries(5));
  }
}
