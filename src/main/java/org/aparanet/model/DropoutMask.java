package org.aparanet.model;

/**
 * Which elements a {@link Dropout} layer drops: a hash of the training's seed, the step, the layer
 * and the element's place in the batch. It needs no state, so elements can be asked for in any
 * order and on any device, and a training that goes on after an interruption drops the same ones.
 *
 * <p>Only 32-bit integer arithmetic that wraps around, which is the same everywhere: the mixing
 * steps are those of MurmurHash3's finalizer (Appleby, 2011).
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * The key of a layer in a step.
   *
   * @param seed of the training
   * @param step number of the step, from 0
   * @param layer index of the layer in its network
   * @return a number that is as good as random
   */
  public static int key(long seed, long step, int layer) {
    long mixed = seed * 0x9E3779B97F4A7C15L + step;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L + layer;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return (int) (mixed ^ (mixed >>> 32));
  }

  /**
   * Elements whose hash is below this are dropped.
   *
   * @param probability of an element to be dropped
   * @return compared with {@link #hash} as signed numbers
   */
  public static int threshold(float probability) {
    return (int) (Math.round(probability * 0x1p32) + Integer.MIN_VALUE);
  }

  /**
   * {@return the hash of an element, equally distributed over all ints}
   *
   * @param key of the layer and the step
   * @param element its place: row in the batch times elements of an image, plus element in CHW
   *     order; wraps around
   */
  public static int hash(int key, int element) {
    int mixed = element * 0x9E3779B1 ^ key;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE35;
    return mixed ^ (mixed >>> 16);
  }

  /**
   * {@return whether an element is kept; see {@link #hash}}
   *
   * @param key of the layer and the step, see {@link #key}
   * @param element see {@link #hash}
   * @param probability of an element to be dropped
   */
  public static boolean keeps(int key, int element, float probability) {
    return hash(key, element) >= threshold(probability);
  }
}
