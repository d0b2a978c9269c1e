package org.aparanet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  /** Images of bytes have a way of their own, as decoded JPEGs are such. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void imagesOfBytesHaveTheSamplesOfOthers(int channels) {
    BufferedImage bytes = new BufferedImage(40, 7, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage ints = new BufferedImage(40, 7, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(5);
    for (int i = 0; i < 280; i++) {
      int rgb = random.nextInt(1 << 24);
      bytes.setRGB(i % 40, i / 40, rgb);
      ints.setRGB(i % 40, i / 40, rgb);
    }
    check(channels, ints, bytes);
    check(channels, ints.getSubimage(3, 2, 20, 5), bytes.getSubimage(3, 2, 20, 5));
  }

  private static void check(int channels, BufferedImage expected, BufferedImage actual) {
    int width = expected.getWidth();
    for (int y = 0; y < expected.getHeight(); y++) {
      float[] samples = new float[channels * width];
      float[] others = new float[channels * width];
      new Picture(expected, channels).row(y, samples);
      new Picture(actual, channels).row(y, others);
      assertArrayEquals(samples, others, "row " + y);
    }
  }

  /** 0.299, 0.587 and 0.114 of 255, as of eight bits. */
  @Test
  void coloursOfSixteenBitsBecomeLuma() {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(3, 1);
    for (int x = 0; x < 3; x++) {
      raster.setSample(x, 0, x, 0xFFFF);
    }
    float[] samples = new float[3];

    new Picture(new BufferedImage(model, raster, false, null), 1).row(0, samples);

    assertArrayEquals(new float[] {76.245f, 149.685f, 29.07f}, samples, 1e-3f);
  }
}
