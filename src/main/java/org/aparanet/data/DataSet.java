package org.aparanet.data;

/**
 * Images to learn from and images to measure with, of the same shape and classes.
 *
 * @param train the images to learn from
 * @param test the images to measure with
 */
public record DataSet(ImageSet train, ImageSet test) {

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
}
