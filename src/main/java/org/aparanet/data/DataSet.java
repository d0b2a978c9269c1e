package org.aparanet.data;

/**
 * Images to learn from and images to measure with, of the same shape and classes.
 *
 * @param train the images to learn from
 * @param test the images to measure with
 */
public record DataSet(ImageSet train, ImageSet test) {

  /**
   * Holds out some images of a set to measure with, which follow from the seed.
   *
   * @param share part of the images to measure with, above 0 and below 1; rounded so that both
   *     parts have an image
   * @throws IllegalArgumentException if the share is out of its range, or there are fewer than two
   *     images
   */
  public static DataSet of(ImageSet images, double share, long seed) {
    Holdout parts = Holdout.of(images, share, seed);
    return new DataSet(parts.train(), parts.validation().named(images.name() + " test"));
  }

  /**
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
}
