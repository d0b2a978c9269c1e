package org.aparanet.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResamplingTest {

  @Test
  void equalSizesCopy() {
    Resampling same = Resampling.of(5, 5);
    for (int i = 0; i < 5; i++) {
      assertEquals(i, same.first()[i]);
      assertArrayEquals(new float[] {1}, same.weights()[i]);
    }
  }

  @Test
  void shrinkingAveragesByArea() {
    Resampling shrink = Resampling.of(5, 2); // each new sample covers two and a half old ones
    assertArrayEquals(new int[] {0, 2}, shrink.first());
    assertArrayEquals(new float[] {0.4f, 0.4f, 0.2f}, shrink.weights()[0]);
    assertArrayEquals(new float[] {0.2f, 0.4f, 0.4f}, shrink.weights()[1]);
  }

  @Test
  void growingInterpolatesBetweenCentres() {
    Resampling grow = Resampling.of(2, 4); // new centres at -0.25, 0.25, 0.75 and 1.25
    assertArrayEquals(new int[] {0, 0, 0, 0}, grow.first());
    assertArrayEquals(new float[] {1, 0}, grow.weights()[0]);
    assertArrayEquals(new float[] {0.75f, 0.25f}, grow.weights()[1]);
    assertArrayEquals(new float[] {0.25f, 0.75f}, grow.weights()[2]);
    assertArrayEquals(new float[] {0, 1}, grow.weights()[3]);
  }

  @Test
  void weightsSumToOneAndStayInside() {
    for (int from = 1; from <= 40; from++) {
      for (int to = 1; to <= 40; to++) {
        Resampling resampling = Resampling.of(from, to);
        for (int i = 0; i < to; i++) {
          float sum = 0;
          for (float weight : resampling.weights()[i]) {
            assertTrue(weight >= 0, from + " to " + to);
            sum += weight;
          }
          assertEquals(1, sum, 1e-5, from + " to " + to);
          int end = resampling.first()[i] + resampling.weights()[i].length;
          assertTrue(resampling.first()[i] >= 0 && end <= from, from + " to " + to);
        }
      }
    }
  }
}
