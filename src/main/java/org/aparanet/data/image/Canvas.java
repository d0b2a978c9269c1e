package org.aparanet.data.image;

import java.awt.image.BufferedImage;

/**
 * Where the first picture of a file stands on what is shown, which is transparent elsewhere.
 *
 * @param width of what is shown, at least to the picture's right side
 * @param height of what is shown, at least to the picture's lower side
 * @param x column of the picture's left side
 * @param y row of the picture's upper side
 */
record Canvas(int width, int height, int x, int y) {

  /** A picture that is all that is shown. */
  static Canvas of(int width, int height) {
    return new Canvas(width, height, 0, 0);
  }

  /** Puts the picture at its place. */
  BufferedImage show(BufferedImage picture) {
    int columns = Math.min(picture.getWidth(), width - x);
    int rows = Math.min(picture.getHeight(), height - y);
    if (columns == width && rows == height) {
      return picture;
    }
    BufferedImage shown = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] row = new int[columns];
    for (int i = 0; i < rows; i++) {
      picture.getRGB(0, i, columns, 1, row, 0, columns);
      shown.setRGB(x, y + i, columns, 1, row, 0, columns);
    }
    return shown;
  }
}
