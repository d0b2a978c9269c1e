package org.aparanet.data.augment;

import org.aparanet.data.store.ImagePixels;
import org.aparanet.model.Shape;

/**
 * Images moved by whole pixels, each when it is read.
 *
 * @param images to be moved
 * @param right pixels to the right, or to the left if negative
 * @param down pixels down, or up if negative
 * @param ground of what comes in from outside
 */
record ShiftedPixels(ImagePixels images, Shape shape, int right, int down, FillColor ground)
    implements ImagePixels {

  @Override
  public int count() {
    return images.count();
  }

  @Override
  public int imageSize() {
    return shape.size();
  }

  @Override
  public void copy(int image, byte[] target, int to) {
    byte[] source = new byte[shape.size()];
    images.copy(image, source, 0);
    PlaneShift.copy(shape, source, 0, target, to, right, down, false, ground);
  }

  /** All of them, moved now. */
  ImagePixels inMemory() {
    return ImagePixels.of(toArray(), shape.size());
  }
}
