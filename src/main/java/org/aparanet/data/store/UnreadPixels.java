package org.aparanet.data.store;

/**
 * Pixels of images that another process reads.
 *
 * @param count number of images
 * @param imageSize bytes of an image
 */
public record UnreadPixels(int count, int imageSize) implements ImagePixels {

  /**
   * Fails.
   *
   * @throws UnsupportedOperationException in any case
   */
  @Override
  public void copy(int image, byte[] target, int to) {
    throw new UnsupportedOperationException("the pixels are read by another process");
  }
}
