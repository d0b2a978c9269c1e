package org.aparanet.data.store;

import java.util.Objects;

/**
 * The first images of one set and behind them the first of another, read from where they are.
 *
 * @param first the one set
 * @param ofFirst number of its images
 * @param second the other set, with images as large
 * @param ofSecond number of its images
 */
record JoinedPixels(ImagePixels first, int ofFirst, ImagePixels second, int ofSecond)
    implements ImagePixels {

  /**
   * @throws IllegalArgumentException if the sizes of the images differ
   * @throws ArithmeticException if they are more than an int counts
   */
  JoinedPixels {
    Math.addExact(ofFirst, ofSecond);
    if (first.imageSize() != second.imageSize()) {
      throw new IllegalArgumentException(
          "images of " + first.imageSize() + " and of " + second.imageSize() + " bytes");
    }
  }

  @Override
  public int count() {
    return ofFirst + ofSecond;
  }

  @Override
  public int imageSize() {
    return first.imageSize();
  }

  @Override
  public void copy(int image, byte[] target, int to) {
    Objects.checkIndex(image, count());
    if (image < ofFirst) {
      first.copy(image, target, to);
    } else {
      second.copy(image - ofFirst, target, to);
    }
  }
}
