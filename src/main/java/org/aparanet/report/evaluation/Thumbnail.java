package org.aparanet.report.evaluation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.aparanet.data.ImageSet;
import org.aparanet.file.IoReason;
import org.aparanet.model.Shape;

/**
 * A small picture, grey or in colour.
 *
 * @param shape one channel of grey, or red, green and blue
 * @param pixels unsigned bytes in CHW order; not copied
 */
record Thumbnail(Shape shape, byte[] pixels) {

  /** Largest side in pixels; larger images are reduced, so that a page does not grow with them. */
  static final int LARGEST_SIDE = 256;

  /**
   * @throws IllegalArgumentException if there are not 1 or 3 channels, or not as many pixels as the
   *     shape has
   */
  Thumbnail {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          "a picture of " + shape.channels() + " channels; allowed are 1 and 3");
    }
    if (pixels.length != shape.size()) {
      throw new IllegalArgumentException(pixels.length + " pixels for a picture of " + shape);
    }
  }

  /** An image of a set; of other than 1 or 3 channels, the first one alone. */
  static Thumbnail of(ImageSet images, int image) {
    Shape whole = images.shape();
    int channels = whole.channels() == 3 ? 3 : 1;
    int step = (Math.max(whole.height(), whole.width()) + LARGEST_SIDE - 1) / LARGEST_SIDE;
    Shape shape =
        new Shape(channels, (whole.height() + step - 1) / step, (whole.width() + step - 1) / step);
    byte[] pixels = new byte[shape.size()];
    byte[] all = new byte[whole.size()];
    images.copy(image, all, 0);
    int to = 0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < whole.height(); y += step) {
        for (int x = 0; x < whole.width(); x += step) {
          pixels[to++] = all[c * whole.plane() + y * whole.width() + x];
        }
      }
    }
    return new Thumbnail(shape, pixels);
  }

  /** The picture as a PNG. */
  byte[] png() {
    boolean grey = shape.channels() == 1;
    int width = shape.width();
    BufferedImage image =
        new BufferedImage(
            width,
            shape.height(),
            grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    int plane = shape.plane();
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < shape.channels(); c++) {
        image.getRaster().setSample(i % width, i / width, c, pixels[c * plane + i] & 0xFF);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture could not be drawn (" + IoReason.of(e) + ")", e);
    }
    return bytes.toByteArray();
  }
}
