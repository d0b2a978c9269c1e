package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PredictionTest {

  @Test
  void theBestAreInTheOrderOfTheirProbabilities() {
    Prediction prediction = new Prediction(2, new double[] {0.1, 0.3, 0.5, 0.1});

    assertArrayEquals(new int[] {2}, prediction.best(1));
    assertArrayEquals(new int[] {2, 1, 0}, prediction.best(3), "of equal ones the lower first");
    assertArrayEquals(new int[] {2, 1, 0, 3}, prediction.best(9));
  }

  /** Logits that differ may give the same probability. */
  @Test
  void thePredictedClassIsTheFirstOfEquallyProbableOnes() {
    assertArrayEquals(new int[] {1, 0, 2}, new Prediction(1, new double[] {0.4, 0.4, 0.2}).best(3));
  }

  @Test
  void lossIsMinusTheLogarithmAndNeverInfinite() {
    Prediction prediction = new Prediction(0, new double[] {0.75, 0.25, 0});

    assertEquals(Math.log(4), prediction.loss(1), 1e-12);
    assertEquals(744.44, prediction.loss(2), 0.01);
  }
}
