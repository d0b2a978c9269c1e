package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchSamplerTest {

  @Test
  void everyEpochIsPermutation() {
    for (int count : new int[] {1, 2, 3, 1000}) {
      for (int epoch = 0; epoch < 5; epoch++) {
        int[] order = new BatchSampler(count, 7, true).order(epoch);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, count).toArray(), order);
      }
    }
  }

  @Test
  void orderDependsOnSeedAndEpochOnly() {
    BatchSampler sampler = new BatchSampler(1000, 7, true);
    int[] third = sampler.order(3);
    sampler.order(1);
    assertArrayEquals(third, sampler.order(3));
    assertArrayEquals(third, new BatchSampler(1000, 7, true).order(3));
  }

  @Test
  void seedsAndEpochsGiveDifferentOrders() {
    int[] order = new BatchSampler(1000, 7, true).order(1);
    assertFalse(Arrays.equals(order, new BatchSampler(1000, 7, true).order(2)));
    assertFalse(Arrays.equals(order, new BatchSampler(1000, 8, true).order(1)));
    assertFalse(Arrays.equals(order, IntStream.range(0, 1000).toArray()));
  }

  @Test
  void orderIsTheSameOnEveryJdk() {
    assertArrayEquals(
        new int[] {2, 4, 3, 1, 5, 6, 9, 0, 7, 8}, new BatchSampler(10, 1, true).order(1));
    assertArrayEquals(
        new int[] {7, 0, 4, 8, 6, 9, 3, 2, 5, 1}, new BatchSampler(10, 1, true).order(2));
  }

  @Test
  void imagesAreSpreadEvenlyOverPositions() {
    int[][] seen = new int[5][5];
    int epochs = 10_000;
    BatchSampler sampler = new BatchSampler(5, 42, true);
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = sampler.order(epoch);
      for (int i = 0; i < 5; i++) {
        seen[i][order[i]]++;
      }
    }
    // six standard deviations of a binomial with p = 1/5
    double allowed = 6 * Math.sqrt(epochs * 0.2 * 0.8);
    for (int[] position : seen) {
      for (int count : position) {
        assertTrue(Math.abs(count - epochs / 5) < allowed, Arrays.deepToString(seen));
      }
    }
  }

  @Test
  void withoutShufflingEveryEpochIsInFileOrder() {
    BatchSampler sampler = new BatchSampler(4, 7, false);
    assertArrayEquals(new int[] {0, 1, 2, 3}, sampler.order(0));
    assertArrayEquals(new int[] {0, 1, 2, 3}, sampler.order(9));
  }

  @Test
  void refusesNoImages() {
    assertEquals(
        "0 images to sample; at least 1 is needed",
        assertThrows(IllegalArgumentException.class, () -> new BatchSampler(0, 1, true))
            .getMessage());
  }
}
