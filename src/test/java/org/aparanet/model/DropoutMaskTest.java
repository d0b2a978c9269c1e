package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Worked out by a program in Python that knows the definition alone. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1784185",
    "1, 2, 3, -942930694",
    "42, 1000, 5, -682802185",
    "-7, 123456789, 11, 63071146"
  })
  void keysAreThoseOfTheDefinition(long seed, long step, int layer, int key) {
    assertEquals(key, DropoutMask.key(seed, step, layer));
  }

  /** As above; of key 1 and element 0 it is the finalizer's well-known 514E28B7. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1364076727",
    "0, 1, 301794027",
    "12345, 678, 1120423251",
    "-99, 784, 1022576834"
  })
  void hashesAreThoseOfMurmurHash(int key, int element, int hash) {
    assertEquals(hash, DropoutMask.hash(key, element));
  }

  @Test
  void elementAtTheThresholdIsKept() {
    int key = DropoutMask.key(1, 2, 3);
    // the probability whose threshold is a hash: as floats have 24 bits, look for one that has it
    int element = 0;
    while ((DropoutMask.hash(key, element) & 0x1FF) != 0) {
      element++;
    }
    int hash = DropoutMask.hash(key, element);
    float probability = (float) ((hash - (double) Integer.MIN_VALUE) / 0x1p32);
    assertEquals(hash, DropoutMask.threshold(probability));
    assertTrue(DropoutMask.keeps(key, element, probability));
    assertFalse(DropoutMask.keeps(key, element, Math.nextUp(probability)));
  }
}
