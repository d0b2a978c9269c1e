package org.aparanet.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Training images in two parts with the same shares of each class: those to learn from, and those
 * to choose with.
 *
 * @param train what is left to learn from, in the set's order
 * @param validation what was held out, in the set's order
 */
public record Holdout(ImageSet train, ImageSet validation) {

  /**
   * Holds out a part of each class of a set, which follows from the seed.
   *
   * @param images set to divide
   * @param share part of the images, above 0 and below 1; rounded so that both parts have an image,
   *     and each class of several images one to learn from
   * @param seed the same one gives the same parts
   * @return the two parts
   * @throws IllegalArgumentException if the share is out of its range, or there are fewer than two
   *     images
   */
  public static Holdout of(ImageSet images, double share, long seed) {
    boolean[] held = held(images, share, seed);
    int count = images.count();
    return new Holdout(
        select(images, images.name(), IntStream.range(0, count).filter(i -> !held[i]).toArray()),
        select(
            images, validation(images), IntStream.range(0, count).filter(i -> held[i]).toArray()));
  }

  /**
   * {@return what the images are called that are held out}
   *
   * @param images set to divide
   */
  public static String validation(ImageSet images) {
    String name = images.name();
    return name.endsWith(" train")
        ? name.substring(0, name.length() - "train".length()) + "validation"
        : name + " validation";
  }

  /**
   * {@return for each image of a set whether it is held out} The pixels are not looked at.
   *
   * @param images set to divide
   * @param share part of the images, as {@link #of}
   * @param seed the same one gives the same parts
   * @throws IllegalArgumentException as {@link #of}
   */
  public static boolean[] held(ImageSet images, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "a share of " + share + " to hold out; it must be above 0 and below 1");
    }
    int count = images.count();
    if (count < 2) {
      throw new IllegalArgumentException(
          images.name() + " has " + count + " images; to hold some out, there must be 2");
    }
    int[] left = quotas(images, share);
    boolean[] held = new boolean[count];
    for (int image : new BatchSampler(count, seed, true).order(0)) { // epochs count from 1
      held[image] = left[images.label(image)]-- > 0;
    }
    return held;
  }

  /**
   * How many images of each class to hold out: its share rounded down, and one more of those with
   * the largest remainders until they are the share of all (Hamilton's method).
   */
  private static int[] quotas(ImageSet images, double share) {
    int[] counts = new int[images.classes()];
    for (int i = 0; i < images.count(); i++) {
      counts[images.label(i)]++;
    }
    int all = (int) Math.max(1, Math.min(images.count() - 1, Math.round(share * images.count())));
    int[] quotas = new int[counts.length];
    for (int c = 0; c < counts.length; c++) {
      quotas[c] = (int) (share * counts[c]);
      all -= quotas[c];
    }
    List<Integer> byRemainder =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(c -> quotas[c] - share * counts[c]))
            .toList();
    for (int c : byRemainder) {
      if (all > 0 && quotas[c] < counts[c] - 1) {
        quotas[c]++;
        all--;
      }
    }
    if (Arrays.stream(quotas).sum() == 0) { // classes of one image each
      quotas[byRemainder.stream().filter(c -> counts[c] > 0).findFirst().orElseThrow()] = 1;
    }
    return quotas;
  }

  private static ImageSet select(ImageSet images, String name, int[] chosen) {
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
