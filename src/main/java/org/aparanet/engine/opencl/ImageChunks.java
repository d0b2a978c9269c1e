package org.aparanet.engine.opencl;

import java.util.Arrays;
import java.util.List;
import org.aparanet.data.ImageSet;

/**
 * Data set in chunks, since a device limits the size of an allocation. A chunk that has changed is
 * a new array, and is sent to the device with the next execute.
 */
final class ImageChunks {
  /** Number of chunks, as many as {@code GatherImages} has arrays. */
  static final int MOST = 4;

  private final int imageSize;
  private final int chunkImages;
  private final byte[][] chunks = new byte[MOST][];
  private int loaded;

  /**
   * @param imageSize bytes of an image
   * @param largestChunk the most bytes of a chunk, at least those of one image
   */
  ImageChunks(int imageSize, long largestChunk) {
    this.imageSize = imageSize;
    chunkImages = (int) (Math.min(largestChunk, Integer.MAX_VALUE - 8L) / imageSize);
    Arrays.fill(chunks, new byte[imageSize]); // a kernel's array must not be null
  }

  /** Number of images in a full chunk. */
  int chunkImages() {
    return chunkImages;
  }

  /** Number of images loaded so far. */
  int loaded() {
    return loaded;
  }

  /** Most images of all chunks. */
  long capacity() {
    return Math.min(Integer.MAX_VALUE, (long) MOST * chunkImages);
  }

  /** Images of the {@link #MOST} chunks, [at most {@link #chunkImages}, imageSize] each. */
  List<byte[]> all() {
    return List.of(chunks);
  }

  /**
   * Appends images.
   *
   * @param images no more than there is room for
   */
  void add(ImageSet images) {
    for (int from = 0; from < images.count(); ) {
      int chunk = loaded / chunkImages;
      int before = loaded % chunkImages;
      int count = Math.min(images.count() - from, chunkImages - before);
      byte[] grown = Arrays.copyOf(chunks[chunk], (before + count) * imageSize);
      for (int i = 0; i < count; i++) {
        images.copy(from + i, grown, (before + i) * imageSize);
      }
      chunks[chunk] = grown;
      from += count;
      loaded += count;
    }
  }
}
