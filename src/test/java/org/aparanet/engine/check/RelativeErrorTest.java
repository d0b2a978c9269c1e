package org.aparanet.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RelativeErrorTest {
  /** Off by 5, where the right values have norm 5. */
  @Test
  void differenceIsMeasuredInTheNormOfTheRightValues() {
    assertEquals(1, RelativeError.of(new double[] {3, 4}, new float[] {3, 9}));
    assertEquals(0, RelativeError.of(new double[] {3, 4}, new float[] {3, 4}));
  }

  @Test
  void zerosAreRightWhereZerosAreExpected() {
    assertEquals(0, RelativeError.of(new double[2], new float[2]));
    assertEquals(Double.POSITIVE_INFINITY, RelativeError.of(new double[2], new float[] {0, 1}));
  }

  @Test
  void valuesThatAreMissingOrTooManyAreInfinitelyWrong() {
    assertEquals(Double.POSITIVE_INFINITY, RelativeError.of(new double[] {1}, new float[] {1, 1}));
    assertEquals(Double.POSITIVE_INFINITY, RelativeError.of(new double[] {1, 1}, new float[] {1}));
  }

  @Test
  void valuesThatAreNotNumbersAreInfinitelyWrong() {
    assertEquals(
        Double.POSITIVE_INFINITY, RelativeError.of(new double[] {1}, new float[] {Float.NaN}));
  }
}
