package org.aparanet.model;

/**
 * The shape of one image or activation without its batch dimension, in CHW order.
 *
 * <p>The output of a dense layer is {@code features x 1 x 1}.
 *
 * @param channels number of channels, at least 1
 * @param height rows of each channel, at least 1
 * @param width columns of each channel, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** The most elements that one image's activation may have: 2^26, a quarter of a gigabyte. */
  public static final int MAXIMUM_SIZE = 1 << 26;

  /**
   * Checks the values.
   *
   * @param channels number of channels, at least 1
   * @param height rows of each channel, at least 1
   * @param width columns of each channel, at least 1
   * @throws IllegalArgumentException if a dimension is below 1 or the product above {@link
   *     #MAXIMUM_SIZE}
   */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "shape "
              + channels
              + "x"
              + height
              + "x"
              + width
              + " has a dimension below 1; each must be at least 1");
    }
    if ((double) channels * height * width > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "shape "
              + channels
              + "x"
              + height
              + "x"
              + width
              + " has more than "
              + MAXIMUM_SIZE
              + " elements an image");
    }
  }

  /** {@return the elements of one image: channels x height x width} */
  public int size() {
    return channels * height * width;
  }

  /** {@return the elements of one channel: height x width} */
  public int plane() {
    return height * width;
  }

  /** Such as {@code 16x26x26}, or {@code 10} for a vector. */
  @Override
  public String toString() {
    return height == 1 && width == 1 ? "" + channels : channels + "x" + height + "x" + width;
  }
}
