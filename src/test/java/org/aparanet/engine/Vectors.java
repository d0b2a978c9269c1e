package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** How far an engine's result is from the expected one. */
final class Vectors {
  private Vectors() {}

  /**
   * |actual - expected| / |expected|, Euclidean; infinite where a value is not finite, so that it
   * is never within a tolerance.
   */
  static double distance(double[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, "number of elements");
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    double distance = norm == 0 && difference == 0 ? 0 : Math.sqrt(difference / norm);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }
}
