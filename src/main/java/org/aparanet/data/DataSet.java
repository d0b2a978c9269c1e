package org.aparanet.data;

import java.util.Arrays;
import org.aparanet.data.format.DataException;

/**
 * Images to learn from and images to measure with, of the same shape and classes.
 *
 * @param train the images to learn from
 * @param test the images to measure with
 */
public record DataSet(ImageSet train, ImageSet test) {
  private static final int MOST_IMAGES = Integer.MAX_VALUE - 8; // of an array of labels

  /**
   * Holds out some images of a set to measure with, which follow from the seed.
   *
   * @param images to divide; not changed
   * @param share part of the images to measure with, above 0 and below 1; rounded so that both
   *     parts have an image
   * @param seed any number; the same one holds out the same images
   * @return the images, divided
   * @throws IllegalArgumentException if the share is out of its range, or there are fewer than two
   *     images
   */
  public static DataSet of(ImageSet images, double share, long seed) {
    Holdout parts = Holdout.of(images, share, seed);
    return new DataSet(parts.train(), parts.validation().named(images.name() + " test"));
  }

  /**
   * Checks the values.
   *
   * @param train the images to learn from
   * @param test the images to measure with
   * @throws IllegalArgumentException if the two sets' shapes or numbers of classes differ
   */
  public DataSet {
    if (!train.shape().equals(test.shape()) || train.classes() != test.classes()) {
      throw new IllegalArgumentException(
          "%s has images of %s in %d classes but %s has images of %s in %d classes"
              .formatted(
                  train.name(),
                  train.shape(),
                  train.classes(),
                  test.name(),
                  test.shape(),
                  test.classes()));
    }
  }

  /**
   * {@return the images of both parts as one set, those to learn from first}
   *
   * @throws DataException if they are too many for one set
   */
  public ImageSet together() {
    String name = train.name() + " and " + test.name();
    if ((long) train.count() + test.count() > MOST_IMAGES) {
      throw new DataException(
          "%s have %d images; at most %d fit"
              .formatted(name, (long) train.count() + test.count(), MOST_IMAGES));
    }
    return new ImageSet(
        name,
        train.shape(),
        train.stored().join(test.stored()),
        joined(train.labels(), test.labels()),
        train.classes(),
        train.classNames());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
