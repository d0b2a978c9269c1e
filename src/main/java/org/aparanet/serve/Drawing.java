package org.aparanet.serve;

import java.awt.image.BufferedImage;
import org.aparanet.data.ImageScaling;
import org.aparanet.model.Shape;

/**
 * A drawing of light strokes on dark ground, prepared as the digits of MNIST were: what is drawn is
 * scaled, anti-aliased, to fit a square of 20 pixels in a field of 28, keeping its aspect ratio,
 * and moved so that its centre of mass is in the middle of the field. Fields of other sizes are
 * filled by the same share.
 */
final class Drawing {
  /** Longer side of the pictures that drawings are read as. */
  static final int SIDE = 280;

  /** Darker pixels are ground: some browsers smear strokes a little. */
  private static final int FAINTEST = 16;

  private static final double SHARE = 20.0 / 28;

  private Drawing() {}

  /** Where something is drawn, in pixels; the last row and column are within. */
  private record Box(int top, int left, int bottom, int right) {
    int height() {
      return bottom - top + 1;
    }

    int width() {
      return right - left + 1;
    }
  }

  /**
   * Pixels of the prepared drawing, [H x W] unsigned bytes; all 0 where nothing is drawn.
   *
   * @param drawn rows of unsigned bytes
   * @param width pixels of each row of {@code drawn}
   * @param field of one channel that is filled
   */
  static byte[] prepare(byte[] drawn, int width, Shape field) {
    byte[] prepared = new byte[field.plane()];
    Box box = box(drawn, width);
    if (box == null) {
      return prepared;
    }
    double side = SHARE * Math.min(field.height(), field.width());
    double scale = side / Math.max(box.height(), box.width());
    int rows = (int) Math.max(1, Math.round(box.height() * scale));
    int columns = (int) Math.max(1, Math.round(box.width() * scale));
    byte[] scaled = brightened(scaled(drawn, width, box, new Shape(1, rows, columns)));
    int top = start(centre(scaled, columns, true), rows, field.height());
    int left = start(centre(scaled, columns, false), columns, field.width());
    for (int y = 0; y < rows; y++) {
      System.arraycopy(scaled, y * columns, prepared, (top + y) * field.width() + left, columns);
    }
    return prepared;
  }

  /** Null if nothing is drawn. */
  private static Box box(byte[] drawn, int width) {
    int top = Integer.MAX_VALUE;
    int left = Integer.MAX_VALUE;
    int bottom = -1;
    int right = -1;
    for (int i = 0; i < drawn.length; i++) {
      if ((drawn[i] & 0xFF) >= FAINTEST) {
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width);
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
      }
    }
    return bottom < 0 ? null : new Box(top, left, bottom, right);
  }

  private static byte[] scaled(byte[] drawn, int width, Box box, Shape to) {
    BufferedImage part = new BufferedImage(box.width(), box.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        int value = drawn[(box.top() + y) * width + box.left() + x] & 0xFF;
        part.getRaster().setSample(x, y, 0, value);
      }
    }
    return ImageScaling.pixels(part, to);
  }

  /** The brightest pixel becomes white: thin strokes fade where they are reduced. */
  private static byte[] brightened(byte[] pixels) {
    int brightest = 1;
    for (byte pixel : pixels) {
      brightest = Math.max(brightest, pixel & 0xFF);
    }
    byte[] bright = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bright[i] = (byte) Math.round((pixels[i] & 0xFF) * 255f / brightest);
    }
    return bright;
  }

  /** Row or column of the centre of mass, in pixels from the first one's edge. */
  private static double centre(byte[] pixels, int width, boolean rows) {
    double mass = 0;
    double moment = 0;
    for (int i = 0; i < pixels.length; i++) {
      int value = pixels[i] & 0xFF;
      mass += value;
      moment += value * ((rows ? i / width : i % width) + 0.5);
    }
    return moment / mass;
  }

  /** Where the scaled drawing begins so that its centre is the field's, or as near as it fits. */
  private static int start(double centre, int size, int field) {
    return (int) Math.max(0, Math.min(field - size, Math.round(field / 2.0 - centre)));
  }
}
