package org.aparanet.engine;

import org.aparanet.model.Network;

/** Checks of the arguments that every {@link Inference} makes. */
public final class InferenceArguments {
  private InferenceArguments() {}

  /**
   * Checks the arguments of {@link Inference#infer}.
   *
   * @param network that is run
   * @param pixels of the images, unsigned bytes [count, C, H, W]; the array may be longer
   * @param count number of images
   * @param logits for the outputs [count, classes]; the array may be longer
   * @throws IllegalArgumentException if there is no image, or an array is too short for them
   */
  public static void require(Network network, byte[] pixels, int count, float[] logits) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " images to classify; there must be at least 1");
    }
    requireRoom("pixels", pixels.length, count, network.input().size());
    requireRoom("logits", logits.length, count, network.classes());
  }

  private static void requireRoom(String what, int length, int count, int each) {
    if (length < (long) count * each) {
      throw new IllegalArgumentException(
          "an array of "
              + length
              + " "
              + what
              + "; "
              + count
              + " images need "
              + (long) count * each);
    }
  }
}
