package org.aparanet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.image.BufferedImage;
import java.util.Random;
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
}
