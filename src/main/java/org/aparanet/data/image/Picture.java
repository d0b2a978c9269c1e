package org.aparanet.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.Arrays;

/**
 * A decoded image as rows of samples from 0 to 255, on a white ground where it is transparent.
 *
 * <p>Samples are taken as sRGB, as they stand; a colour profile is not applied. Java would apply
 * one where a decoder passed it on, and takes grey to be linear and would brighten it.
 */
public final class Picture {
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f}; // of ITU-R BT.601

  private final BufferedImage image;
  private final int channels;
  private final boolean stored;

  /**
   * @param channels 1 for luma, 3 for red, green and blue
   */
  public Picture(BufferedImage image, int channels) {
    this.image = Inks.has(image) ? Inks.rgb(image.getRaster(), Inks.Stored.PLAIN) : image;
    this.channels = channels;
    stored = isStored(this.image.getColorModel());
  }

  /** Whether samples can be taken from the raster: of grey always, of colours where it matters. */
  private static boolean isStored(ColorModel model) {
    ColorSpace space = model.getColorSpace();
    return space.getType() == ColorSpace.TYPE_GRAY
        || space.getType() == ColorSpace.TYPE_RGB
            && model instanceof ComponentColorModel
            && (model.getTransferType() == DataBuffer.TYPE_BYTE
                || model.getTransferType() == DataBuffer.TYPE_USHORT)
            && (!space.isCS_sRGB() || model.getComponentSize(0) > 8);
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
    if (stored) {
      storedRow(y, samples);
    } else {
      packedRow(y, samples);
    }
  }

  private void storedRow(int y, float[] samples) {
    int width = width();
    ColorModel model = image.getColorModel();
    int colours = model.getNumColorComponents();
    float white = (1 << model.getComponentSize(0)) - 1;
    int[] alpha = model.hasAlpha() ? band(y, colours) : null;
    if (channels == 1) {
      Arrays.fill(samples, 0, width, 0);
    }
    for (int c = 0; c < Math.max(colours, channels); c++) {
      int[] values = band(y, Math.min(c, colours - 1));
      float weight = channels == 1 && colours > 1 ? LUMA[c] : 1;
      int to = channels == 1 ? 0 : c * width;
      for (int x = 0; x < width; x++) {
        float value = values[x] / white;
        if (alpha != null) {
          float opacity = alpha[x] / white;
          value = model.isAlphaPremultiplied() ? value + (1 - opacity) : onWhite(value, opacity);
        }
        samples[to + x] = (channels == 1 ? samples[x] : 0) + weight * (255 * value);
      }
    }
  }

  private int[] band(int y, int number) {
    return image.getRaster().getSamples(0, y, width(), 1, number, (int[]) null);
  }

  private void packedRow(int y, float[] samples) {
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
      samples[x] = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
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
