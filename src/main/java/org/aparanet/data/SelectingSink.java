package org.aparanet.data;

import java.io.IOException;
import org.aparanet.data.store.PixelSink;

/** Sink that passes on some of the images which it is given. */
final class SelectingSink implements PixelSink {
  private final int imageSize;
  private final int[] images;
  private final PixelSink target;
  private int next; // place in images of the next one to pass on
  private long position; // bytes so far

  /**
   * @param imageSize bytes of an image
   * @param images numbers of those to pass on, in ascending order
   */
  SelectingSink(int imageSize, int[] images, PixelSink target) {
    this.imageSize = imageSize;
    this.images = images;
    this.target = target;
  }

  /** Whether it has all images. */
  boolean isFull() {
    return next == images.length;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    long end = position + length;
    while (!isFull() && begin(next) < end) {
      long first = Math.max(position, begin(next));
      long last = Math.min(end, begin(next) + imageSize);
      target.write(bytes, from + (int) (first - position), (int) (last - first));
      if (last < begin(next) + imageSize) {
        break;
      }
      next++;
    }
    position = end;
  }

  private long begin(int place) {
    return (long) images[place] * imageSize;
  }
}
