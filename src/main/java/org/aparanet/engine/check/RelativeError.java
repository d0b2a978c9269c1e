package org.aparanet.engine.check;

/** How far an engine's result is from the expected one. */
public final class RelativeError {
  private RelativeError() {}

  /**
   * {@return |actual - expected| / |expected|, Euclidean; infinite where a value is not finite or
   * the number of elements differs, so that it is never within a tolerance}
   *
   * @param expected what is right
   * @param actual what was computed
   */
  public static double of(double[] expected, float[] actual) {
    if (expected.length != actual.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    double error = norm == 0 && difference == 0 ? 0 : Math.sqrt(difference / norm);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }
}
