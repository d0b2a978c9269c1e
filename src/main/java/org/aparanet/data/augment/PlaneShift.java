package org.aparanet.data.augment;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/** Moves images by whole pixels. */
public final class PlaneShift {
  private PlaneShift() {}

  /**
   * A set of the same images, each moved.
   *
   * @param images to be moved
   * @param right pixels to the right, or to the left if negative
   * @param down pixels down, or up if negative
   * @param ground of what comes in from outside
   * @return the moved images
   */
  public static ImageSet of(ImageSet images, int right, int down, FillColor ground) {
    ShiftedPixels moved = new ShiftedPixels(images.stored(), images.shape(), right, down, ground);
    return new ImageSet(
        images.name() + " moved by (" + right + ", " + down + ")",
        images.shape(),
        images.stored().array().isPresent() ? moved.inMemory() : moved,
        images.labels(),
        images.classes(),
        List.of());
  }

  /**
   * Copies one image, mirrored left to right if asked for, and then moved.
   *
   * @param source image [C, H, W] from {@code from} on
   * @param target receives the image from {@code to} on; not the same place
   */
  static void copy(
      Shape shape,
      byte[] source,
      int from,
      byte[] target,
      int to,
      int right,
      int down,
      boolean mirrored,
      FillColor ground) {
    int height = shape.height();
    int width = shape.width();
    if (right == 0 && down == 0 && !mirrored) {
      System.arraycopy(source, from, target, to, shape.size());
      return;
    }
    int count = Math.max(0, width - Math.abs(right)); // columns and rows that stay inside
    int rows = Math.max(0, height - Math.abs(down));
    int first = Math.max(0, right);
    int top = Math.max(0, down);
    if (count < width || rows < height) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int plane = to + channel * shape.plane();
        ground.fill(target, plane, plane + shape.plane(), channel);
      }
    }
    if (count == 0) {
      return;
    }
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = top; y < top + rows; y++) {
        int row = from + (channel * height + y - down) * width;
        int out = to + (channel * height + y) * width + first;
        if (mirrored) {
          int last = row + width - 1 + right - first;
          for (int x = 0; x < count; x++) {
            target[out + x] = source[last - x];
          }
        } else {
          System.arraycopy(source, row + first - right, target, out, count);
        }
      }
    }
  }
}
