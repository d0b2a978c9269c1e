package org.aparanet.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Pictures in cyan, magenta, yellow and black, made red, green and blue without a profile of the
 * inks: each is (1 - ink)(1 - black), as Pillow has it. Java would take the result for linear light
 * and brighten it.
 */
final class Inks {
  private Inks() {}

  /** Whether an image is such a one of bytes. */
  static boolean has(BufferedImage image) {
    return image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && image.getRaster().getNumBands() >= 4
        && image.getColorModel().getComponentSize(0) == 8;
  }

  /** What four samples from 0 to 255 stand for. */
  enum Stored {
    /** How much there is of each ink. */
    PLAIN,
    /** What each ink leaves, as Adobe's programs write it and all others have to read it. */
    INVERTED,
    /** Luma and two differences of colour, of what is inverted red, green and blue then. */
    INVERTED_YCC
  }

  static BufferedImage rgb(Raster inks, Stored stored) {
    int width = inks.getWidth();
    BufferedImage image = new BufferedImage(width, inks.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] pixels = new int[inks.getNumBands() * width];
    int[] row = new int[width];
    for (int y = 0; y < inks.getHeight(); y++) {
      inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, pixels);
      for (int x = 0; x < width; x++) {
        row[x] = rgb(pixels, x * inks.getNumBands(), stored);
      }
      image.getRaster().setDataElements(0, y, width, 1, row);
    }
    return image;
  }

  private static int rgb(int[] pixels, int at, Stored stored) {
    int first = pixels[at];
    int second = pixels[at + 1];
    int third = pixels[at + 2];
    int fourth = pixels[at + 3];
    return switch (stored) {
      case PLAIN -> packed(255 - first, 255 - second, 255 - third, 255 - fourth);
      case INVERTED -> packed(first, second, third, fourth);
      case INVERTED_YCC -> {
        double blue = second - 128; // differences as JFIF has them
        double red = third - 128;
        yield packed(
            255 - sample(first + 1.402 * red),
            255 - sample(first - 0.344136 * blue - 0.714136 * red),
            255 - sample(first + 1.772 * blue),
            fourth);
      }
    };
  }

  private static int sample(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** From what each ink leaves, and black of all. */
  private static int packed(int red, int green, int blue, int white) {
    return part(red, white) << 16 | part(green, white) << 8 | part(blue, white);
  }

  /** The product of two parts of 255, rounded. */
  private static int part(int one, int other) {
    return (one * other * 2 + 255) / 510;
  }
}
