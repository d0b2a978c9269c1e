package org.aparanet.data;

import java.util.Random;

/**
 * The order in which an epoch visits images. Batches are consecutive runs of it; the last one may
 * be ragged, so that every image is seen exactly once.
 *
 * @param count number of images, at least 1
 * @param seed where the shuffling starts
 * @param shuffle whether to shuffle; if not, every epoch is in file order
 */
public record BatchSampler(int count, long seed, boolean shuffle) implements ImageOrder {

  /**
   * Checks the values.
   *
   * @param count number of images, at least 1
   * @param seed where the shuffling starts
   * @param shuffle whether to shuffle; if not, every epoch is in file order
   * @throws IllegalArgumentException if there are no images
   */
  public BatchSampler {
    if (count < 1) {
      throw new IllegalArgumentException(count + " images to sample; at least 1 is needed");
    }
  }

  /**
   * The order of one epoch, which depends on the seed and the epoch only: an interrupted training
   * goes on with the same batches.
   *
   * @param epoch number of the epoch
   * @return a new array with each of 0 to {@code count - 1} once
   */
  @Override
  public int[] order(int epoch) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    if (shuffle) {
      Random random = new Random(scramble(seed + epoch * 0x9E3779B97F4A7C15L));
      for (int i = count - 1; i > 0; i--) { // Fisher and Yates
        int other = random.nextInt(i + 1); // its algorithm is specified: the same on every JDK
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
    }
    return order;
  }

  /**
   * The finalizer of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
   * generators", 2014): neighbouring seeds and epochs give unrelated orders.
   */
  private static long scramble(long value) {
    value = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    value = (value ^ (value >>> 27)) * 0x94D049BB133111EBL;
    return value ^ (value >>> 31);
  }
}
