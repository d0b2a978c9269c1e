package org.aparanet.data.store;

import java.util.Optional;
import org.aparanet.data.format.DataException;

/**
 * Pixels in memory.
 *
 * @param bytesOfAll unsigned bytes [count, C, H, W]; not copied
 * @param imageSize bytes of an image
 */
record ArrayPixels(byte[] bytesOfAll, int imageSize) implements ImagePixels {

  /** The longest array that every JVM can make. */
  static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** A copy of pixels that an array holds. */
  static ArrayPixels of(ImagePixels pixels) {
    return new ArrayPixels(copyOf(pixels), pixels.imageSize());
  }

  static byte[] copyOf(ImagePixels pixels) {
    if (pixels.bytes() > MOST_BYTES) {
      throw new DataException(
          "%d images of %d bytes do not fit into one array; at most %d do"
              .formatted(pixels.count(), pixels.imageSize(), MOST_BYTES / pixels.imageSize()));
    }
    byte[] copy = new byte[(int) pixels.bytes()];
    for (int i = 0; i < pixels.count(); i++) {
      pixels.copy(i, copy, i * pixels.imageSize());
    }
    return copy;
  }

  @Override
  public int count() {
    return bytesOfAll.length / imageSize;
  }

  /** Those of an image that is not complete count, too. */
  @Override
  public long bytes() {
    return bytesOfAll.length;
  }

  @Override
  public void copy(int image, byte[] target, int to) {
    System.arraycopy(bytesOfAll, Math.multiplyExact(image, imageSize), target, to, imageSize);
  }

  @Override
  public Optional<byte[]> array() {
    return Optional.of(bytesOfAll);
  }
}
