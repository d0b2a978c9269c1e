package org.aparanet.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;

/** A decoded image as rows of samples from 0 to 255, on a white ground where it is transparent. */
public final class Picture {
  private final BufferedImage image;
  private final int channels;
  private final boolean grey;

  /**
   * @param channels 1 for luma, 3 for red, green and blue
   */
  public Picture(BufferedImage image, int channels) {
    this.image = image;
    this.channels = channels;
    grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
  }

  public int width() {
    return image.getWidth();
  }

  public int height() {
    return image.getHeight();
  }

  /**
   * Reads one row.
   *
   * @param samples receives {@code channels x width} samples
   */
  public void row(int y, float[] samples) {
    if (grey) {
      greyRow(y, samples);
    } else {
      colourRow(y, samples);
    }
  }

  /**
   * From the raster: Java takes grey to be linear and would brighten it on the way to sRGB, whereas
   * the grey values of image files are meant as sRGB already.
   */
  private void greyRow(int y, float[] samples) {
    int width = width();
    ColorModel model = image.getColorModel();
    float white = (1 << model.getComponentSize(0)) - 1;
    int[] values = image.getRaster().getSamples(0, y, width, 1, 0, (int[]) null);
    int[] alpha =
        model.hasAlpha() ? image.getRaster().getSamples(0, y, width, 1, 1, (int[]) null) : null;
    for (int x = 0; x < width; x++) {
      float opacity = alpha == null ? 1 : alpha[x] / white;
      for (int c = 0; c < channels; c++) {
        samples[c * width + x] = 255 * onWhite(values[x] / white, opacity);
      }
    }
  }

  private void colourRow(int y, float[] samples) {
    int width = width();
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) { // as JPEGs are
      bytesRow(y, samples);
      return;
    }
    int[] argb = image.getRGB(0, y, width, 1, null, 0, width);
    for (int x = 0; x < width; x++) {
      float opacity = (argb[x] >>> 24) / 255f;
      float red = 255 * onWhite((argb[x] >> 16 & 0xFF) / 255f, opacity);
      float green = 255 * onWhite((argb[x] >> 8 & 0xFF) / 255f, opacity);
      float blue = 255 * onWhite((argb[x] & 0xFF) / 255f, opacity);
      put(red, green, blue, samples, x);
    }
  }

  /** As above with {@link BufferedImage#getRGB}, which takes several times as long for bytes. */
  private void bytesRow(int y, float[] samples) {
    int width = width();
    byte[] values = (byte[]) image.getRaster().getDataElements(0, y, width, 1, null);
    for (int x = 0; x < width; x++) {
      float red = 255 * ((values[3 * x] & 0xFF) / 255f);
      float green = 255 * ((values[3 * x + 1] & 0xFF) / 255f);
      float blue = 255 * ((values[3 * x + 2] & 0xFF) / 255f);
      put(red, green, blue, samples, x);
    }
  }

  private void put(float red, float green, float blue, float[] samples, int x) {
    if (channels == 1) {
      samples[x] = 0.299f * red + 0.587f * green + 0.114f * blue; // luma of ITU-R BT.601
    } else {
      int width = width();
      samples[x] = red;
      samples[width + x] = green;
      samples[2 * width + x] = blue;
    }
  }

  private static float onWhite(float value, float opacity) {
    return value * opacity + (1 - opacity);
  }
}
