package org.aparanet.data.format;

import java.util.stream.IntStream;

/** Turns images that stand column by column into rows. */
public final class Transposition {
  private Transposition() {}

  /**
   * @param images of dimensions [count, width, height]
   * @return the pixels as [count, height, width]
   */
  public static byte[] of(IdxFile images) {
    int width = images.dimensions().get(1);
    int height = images.dimensions().get(2);
    byte[] columns = images.values();
    byte[] rows = new byte[columns.length];
    IntStream.range(0, images.dimensions().get(0))
        .parallel()
        .forEach(image -> of(columns, rows, image * width * height, width, height));
    return rows;
  }

  /**
   * Turns one image.
   *
   * @param columns the pixels of some images, [width, height] each
   * @param rows receives those of the one, [height, width]
   * @param start index of its first pixel in both
   */
  public static void of(byte[] columns, byte[] rows, int start, int width, int height) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[start + y * width + x] = columns[start + x * height + y];
      }
    }
  }
}
