package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aparanet.engine.check.RelativeError;

/** Assertions on the distance of two vectors, as a part of the expected one's norm. */
final class Closeness {
  private Closeness() {}

  static void assertClose(double[] expected, float[] actual, double tolerance, String what) {
    double distance = RelativeError.of(expected, actual);
    assertTrue(distance <= tolerance, () -> what + " is off by " + distance + " of its norm");
  }

  /** What comes before batch normalisation may have a gradient of exactly 0, but for rounding. */
  static void assertCloseGradient(
      double[] expected, float[] actual, double tolerance, String what) {
    double norm = Math.sqrt(Arrays.stream(expected).map(v -> v * v).sum());
    if (norm < 1e-9) {
      for (int i = 0; i < actual.length; i++) {
        assertEquals(0, actual[i], 1e-6, what + ", element " + i);
      }
      return;
    }
    assertClose(expected, actual, tolerance, what);
  }
}
