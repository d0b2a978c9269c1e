package org.aparanet.train.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void wellKnownNumbers() {
    double[] arguments = {0, -0.0, 1, -1, -0.5, -2, 0.6931471805599453, -0.6931471805599453};

    assertArrayEquals(
        new double[] {
          1,
          1,
          2.7182818284590455,
          0.36787944117144233,
          0.6065306597126334,
          0.1353352832366127,
          2,
          0.5
        },
        of(arguments));
  }

  @Test
  void theEndsOfTheRange() {
    double[] arguments = {
      Double.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      -745.14,
      -745.13,
      -744,
      -708.4,
      -Double.MIN_VALUE,
      709.78,
      709.79,
      Double.POSITIVE_INFINITY,
      Double.NaN
    };

    assertArrayEquals(
        new double[] {
          0,
          0,
          0,
          4.9E-324, // the least there is
          1.0E-323,
          2.217119081664265E-308, // denormal
          1,
          1.7928227943945155E308,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NaN
        },
        of(arguments));
  }

  /** Every thousandth over the whole range, and as many of each size down to the smallest. */
  @Test
  void noResultIsOffByMoreThanOneUnitInTheLastPlace() {
    double[] even = IntStream.range(-760_000, 711_000).mapToDouble(i -> i / 1e3).toArray();
    double[] small = IntStream.range(0, 10_740).mapToDouble(i -> -Math.pow(2, -i / 10.0)).toArray();

    assertClose(even);
    assertClose(small);
  }

  @Test
  void aNumberHasTheSameResultWhereverItStands() {
    double[] arguments = IntStream.range(0, 37).mapToDouble(i -> -i * 1.37).toArray();
    double[] whole = of(arguments);
    double[] pieces = new double[37];

    for (int from = 0; from < 37; from += 5) {
      Exponential.of(arguments, pieces, from, Math.min(37, from + 5));
    }

    assertArrayEquals(whole, pieces);
  }

  @Test
  void nothingOutsideOfTheRangeIsTouched() {
    double[] results = {7, 7, 7, 7};

    Exponential.of(new double[4], results, 1, 3);

    assertArrayEquals(new double[] {7, 1, 1, 7}, results);
  }

  private static void assertClose(double[] arguments) {
    double[] results = of(arguments);
    for (int i = 0; i < arguments.length; i++) {
      double expected = StrictMath.exp(arguments[i]);
      double unit = expected == Double.POSITIVE_INFINITY ? 0 : Math.ulp(expected);
      assertEquals(expected, results[i], unit, "exp(" + arguments[i] + ")");
    }
  }

  private static double[] of(double[] arguments) {
    double[] results = new double[arguments.length];
    Exponential.of(arguments, results, 0, arguments.length);
    return results;
  }
}
