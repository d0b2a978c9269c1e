package org.aparanet.data.store;

import java.util.Optional;
import org.aparanet.data.format.DataException;

/**
 * Pixels of images of one shape, unsigned bytes [count, C, H, W], in memory or in a file. Any
 * number of threads may read them.
 */
public interface ImagePixels {

  /** {@return the number of images} */
  int count();

  /** {@return the bytes of one image} */
  int imageSize();

  /** {@return the bytes of all images} */
  default long bytes() {
    return (long) count() * imageSize();
  }

  /**
   * Copies one image.
   *
   * @param image index of the image, below {@link #count}
   * @param target receives its {@link #imageSize} bytes
   * @param to index of the first byte in {@code target}
   * @throws DataException if they are in a file that can no longer be read
   */
  void copy(int image, byte[] target, int to);

  /** {@return the array that holds all of them and nothing else; empty if there is none} */
  default Optional<byte[]> array() {
    return Optional.empty();
  }

  /**
   * {@return all pixels: the array itself, where there is one, or else a new one}
   *
   * @throws DataException if they are more than an array holds
   */
  default byte[] toArray() {
    return array().orElseGet(() -> ArrayPixels.copyOf(this));
  }

  /**
   * {@return some of the images: copied, where these are in memory, or else read from where they
   * are}
   *
   * @param images indices of the images, in their new order; not copied
   */
  default ImagePixels select(int[] images) {
    ImagePixels selected = new SelectedPixels(this, images);
    return array().isPresent() ? ArrayPixels.of(selected) : selected;
  }

  /**
   * {@return the first images: copied, where these are in memory, or else read from where they are}
   *
   * @param number of images, at most {@link #count}
   */
  default ImagePixels first(int number) {
    ImagePixels first = new JoinedPixels(this, number, this, 0);
    return array().isPresent() ? ArrayPixels.of(first) : first;
  }

  /**
   * {@return these images and others behind them: copied, where both are in memory and an array
   * holds them, or else read from where they are}
   *
   * @param others as large as these
   */
  default ImagePixels join(ImagePixels others) {
    ImagePixels joined = new JoinedPixels(this, count(), others, others.count());
    boolean copied =
        array().isPresent()
            && others.array().isPresent()
            && joined.bytes() <= ArrayPixels.MOST_BYTES;
    return copied ? ArrayPixels.of(joined) : joined;
  }

  /**
   * Pixels in memory.
   *
   * @param array of all images; not copied
   * @param imageSize bytes of an image
   * @return the pixels
   */
  static ImagePixels of(byte[] array, int imageSize) {
    return new ArrayPixels(array, imageSize);
  }
}
