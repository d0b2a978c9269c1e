package org.aparanet.data;

import java.util.Arrays;

/**
 * Training images in two parts: those to learn from, and those to choose with.
 *
 * @param train what is left to learn from, in the set's order
 * @param validation what was held out, in the set's order
 */
public record Holdout(ImageSet train, ImageSet validation) {

  /**
   * Holds out a part of a set, which follows from the seed.
   *
   * @param images set to divide
   * @param share part of the images, above 0 and below 1; rounded so that both parts have an image
   * @param seed the same one gives the same parts
   * @return the two parts
   * @throws IllegalArgumentException if the share is out of its range, or there are fewer than two
   *     images
   */
  public static Holdout of(ImageSet images, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "a share of " + share + " to hold out; it must be above 0 and below 1");
    }
    int count = images.count();
    if (count < 2) {
      throw new IllegalArgumentException(
          images.name() + " has " + count + " images; to hold some out, there must be 2");
    }
    int held = (int) Math.max(1, Math.min(count - 1, Math.round(share * count)));
    int[] order = new BatchSampler(count, seed, true).order(0); // epochs count from 1
    String name = images.name();
    String validation =
        name.endsWith(" train")
            ? name.substring(0, name.length() - "train".length()) + "validation"
            : name + " validation";
    return new Holdout(
        select(images, name, Arrays.copyOfRange(order, held, count)),
        select(images, validation, Arrays.copyOf(order, held)));
  }

  private static ImageSet select(ImageSet images, String name, int[] chosen) {
    Arrays.sort(chosen);
    byte[] labels = new byte[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      labels[i] = images.labels()[chosen[i]];
    }
    return new ImageSet(
        name,
        images.shape(),
        images.stored().select(chosen),
        labels,
        images.classes(),
        images.classNames());
  }
}
