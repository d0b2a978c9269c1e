package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutMaskTest {
  private static final int ELEMENTS = 1 << 20;

  @ParameterizedTest
  @ValueSource(floats = {0f, 0.01f, 0.25f, 0.5f, 0.9f, 0.999f})
  void asManyElementsAreDroppedAsTheProbabilitySays(float probability) {
    int key = DropoutMask.key(1, 2, 3);
    int dropped = 0;
    for (int i = 0; i < ELEMENTS; i++) {
      dropped += DropoutMask.keeps(key, i, probability) ? 0 : 1;
    }
    double deviation = Math.sqrt(probability * (1 - probability) / ELEMENTS);
    assertEquals(probability, (double) dropped / ELEMENTS, 5 * deviation);
  }

  @Test
  void neighboursStepsLayersAndSeedsAreUnrelated() {
    int[][] keys = {
      {DropoutMask.key(1, 0, 0), DropoutMask.key(1, 1, 0)},
      {DropoutMask.key(1, 0, 0), DropoutMask.key(1, 0, 1)},
      {DropoutMask.key(1, 0, 0), DropoutMask.key(2, 0, 0)},
      {DropoutMask.key(1, 7, 2), DropoutMask.key(-1, 7, 2)}
    };
    for (int[] pair : keys) {
      assertNotEquals(pair[0], pair[1]);
      assertUnrelated(pair[0], pair[1], 0);
    }
    for (int distance : new int[] {1, 2, 13, 169, 784}) {
      assertUnrelated(keys[0][0], keys[0][0], distance);
    }
  }

  private static void assertUnrelated(int one, int other, int distance) {
    int equal = 0;
    for (int i = 0; i < ELEMENTS; i++) {
      boolean first = DropoutMask.keeps(one, i, 0.5f);
      equal += first == DropoutMask.keeps(other, i + distance, 0.5f) ? 1 : 0;
    }
    assertEquals(0.5, (double) equal / ELEMENTS, 5 * Math.sqrt(0.25 / ELEMENTS));
  }

  @Test
  void thresholdsCoverTheWholeRange() {
    assertEquals(Integer.MIN_VALUE, DropoutMask.threshold(0));
    assertEquals(0, DropoutMask.threshold(0.5f));
    assertTrue(DropoutMask.threshold(Math.nextDown(1f)) > 2_147_000_000);
  }
}
