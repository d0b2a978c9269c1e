package org.aparanet.train;

/**
 * The exponential function of many numbers, in double precision.
 *
 * <p>The method is that of {@code __ieee754_exp} in Sun's fdlibm 5.3, which {@link StrictMath#exp}
 * follows: x = k log 2 + r with |r| at most log(2) / 2, and exp(r) by a rational function whose
 * coefficients come from the Remez algorithm. Its error is less than one unit in the last place.
 *
 * <p>What differs is that nothing here branches on the way, so that Java's compiler computes
 * several numbers with each instruction: a number takes about a quarter of {@link Math#exp}'s time.
 * The same number has the same result wherever it stands in the array.
 */
final class Exponential {
  /** Up to here the result is neither denormal nor infinite. */
  private static final double MOST = 707;

  private static final double PER_LOG_2 = 1.44269504088896338700;

  /** The upper bits of log 2: the product with an integer of eleven bits is exact. */
  private static final double LOG_2_HIGH = 6.93147180369123816490e-01;

  /** What is missing from them. */
  private static final double LOG_2_LOW = 1.90821492927058770002e-10;

  /**
   * A number beside which no fraction has room: added, it rounds to an integer, which then stands
   * in the lowest bits.
   */
  private static final double ROUNDING = 0x1.8p52;

  private static final int MANTISSA_BITS = 52;

  private static final double P1 = 1.66666666666666019037e-01;
  private static final double P2 = -2.77777777770155933842e-03;
  private static final double P3 = 6.61375632143793436117e-05;
  private static final double P4 = -1.65339022054652515390e-06;
  private static final double P5 = 4.13813679705723846039e-08;

  private Exponential() {}

  /**
   * Fills in exp(arguments[i]) for i from {@code from} to below {@code to}, whatever the arguments
   * are.
   *
   * @param arguments not changed
   * @param results another array
   */
  static void of(double[] arguments, double[] results, int from, int to) {
    reduced(arguments, results, from, to);
    scaled(arguments, results, from, to);
  }

  /** exp(r) for each argument k log 2 + r. */
  private static void reduced(double[] arguments, double[] results, int from, int to) {
    for (int i = from; i < to; i++) {
      double x = arguments[i];
      double k = x * PER_LOG_2 + ROUNDING - ROUNDING;
      double high = x - k * LOG_2_HIGH;
      double low = k * LOG_2_LOW;
      double r = high - low;
      double t = r * r;
      double c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
      results[i] = 1 - ((low - r * c / (2 - c)) - high);
    }
  }

  /** Times 2 to the power of k, which is k added to the exponent. */
  private static void scaled(double[] arguments, double[] results, int from, int to) {
    for (int i = from; i < to; i++) {
      double x = arguments[i];
      if (Math.abs(x) <= MOST) {
        long k = Double.doubleToRawLongBits(x * PER_LOG_2 + ROUNDING) << MANTISSA_BITS;
        results[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(results[i]) + k);
      } else {
        results[i] = StrictMath.exp(x); // rare: too small, too large, or not a number
      }
    }
  }
}
