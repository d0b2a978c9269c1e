package org.aparanet.data.augment;

/**
 * The random numbers of one image in one epoch. Each is a function of its number, not of those
 * drawn before it: the values do not depend on the order of calls. It is SplitMix64 (Steele, Lea,
 * Flood, "Fast splittable pseudorandom number generators", 2014) with its state set to where the
 * draw is.
 */
final class Draws {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** So that these numbers have nothing in common with the order of the same seed's images. */
  private static final long STREAM = 0x6175676D656E7421L;

  private long start;

  /** Turns to an image. */
  void select(long seed, int epoch, int image) {
    start = mix(mix(mix(seed ^ STREAM) + epoch * GAMMA) + image * GAMMA);
  }

  /** 64 random bits. */
  long bits(long number) {
    return mix(start + (number + 1) * GAMMA);
  }

  /** A number from -1 (inclusive) to 1 (exclusive). */
  double symmetric(long number) {
    return (bits(number) >> 11) * 0x1p-52;
  }

  /** A whole number from 0 to {@code bound - 1}. */
  int below(int bound, long number) {
    return (int) (((bits(number) >>> 32) * bound) >>> 32); // uneven by less than bound / 2^32
  }

  private static long mix(long value) {
    value = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    value = (value ^ (value >>> 27)) * 0x94D049BB133111EBL;
    return value ^ (value >>> 31);
  }
}
