package org.aparanet.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.aparanet.data.format.Resampling;
import org.aparanet.data.image.Picture;
import org.aparanet.model.Shape;

/**
 * Images in the shape that a network takes: as grey for one channel or as red, green and blue for
 * three, stretched to its size, averaged by area where they shrink and bilinear where they grow, on
 * a white ground where they are transparent.
 */
public final class ImageScaling {
  private ImageScaling() {}

  /**
   * {@return whether images can be shown to a network with such an input: one of 1 or 3 channels}
   *
   * @param shape what the network takes
   */
  public static boolean suits(Shape shape) {
    return shape.channels() == 1 || shape.channels() == 3;
  }

  /**
   * {@return an image as unsigned bytes [C, H, W]}
   *
   * @param image of any size; not changed
   * @param shape what the network takes; 1 or 3 channels
   * @throws IllegalArgumentException if it has other channels
   */
  public static byte[] pixels(BufferedImage image, Shape shape) {
    if (!suits(shape)) {
      throw new IllegalArgumentException(
          "an image cannot be shown to a network that takes "
              + shape.channels()
              + " channels; it gives 1 or 3");
    }
    Picture picture = new Picture(image, shape.channels());
    Resampling columns = Resampling.of(picture.width(), shape.width());
    Resampling rows = Resampling.of(picture.height(), shape.height());
    float[] source = new float[shape.channels() * picture.width()];
    float[] row = new float[shape.channels() * shape.width()];
    byte[] pixels = new byte[shape.size()];
    for (int y = 0; y < shape.height(); y++) {
      Arrays.fill(row, 0);
      float[] weights = rows.weights()[y];
      for (int k = 0; k < weights.length; k++) {
        picture.row(rows.first()[y] + k, source);
        addRow(source, picture.width(), columns, weights[k], row);
      }
      for (int c = 0; c < shape.channels(); c++) {
        int to = c * shape.plane() + y * shape.width();
        for (int x = 0; x < shape.width(); x++) {
          int value = Math.round(row[c * shape.width() + x]);
          pixels[to + x] = (byte) Math.max(0, Math.min(255, value));
        }
      }
    }
    return pixels;
  }

  /** Adds a row of {@code channels x width} samples, resized and weighted, to another. */
  private static void addRow(
      float[] source, int width, Resampling columns, float weight, float[] row) {
    int newWidth = columns.first().length;
    for (int x = 0; x < newWidth; x++) {
      float[] weights = columns.weights()[x];
      for (int c = 0; c < row.length / newWidth; c++) {
        int from = c * width + columns.first()[x];
        float sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * source[from + k];
        }
        row[c * newWidth + x] += weight * sum;
      }
    }
  }
}
