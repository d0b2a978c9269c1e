package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.List;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

final class ImageSetsTest {
  private static final Shape SHAPE = new Shape(1, 1, 2);
  private static final List<String> NAMES = List.of("dark", "bright");

  @Test
  void takesBytes() {
    ImageSet set = ImageSets.of("mine", SHAPE, new byte[] {0, 1, -1, -2}, new int[] {0, 1}, NAMES);
    assertEquals(2, set.count());
    assertEquals(1, set.label(1));
    assertEquals(NAMES, set.classNames());
    assertArrayEquals(new byte[] {0, 1, -1, -2}, set.pixels());
  }

  @Test
  void roundsPixelsToBytes() {
    float[] pixels = new float[256];
    byte[] expected = new byte[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = i / 255f;
      expected[i] = (byte) i;
    }
    ImageSet set = ImageSets.of("all", new Shape(1, 16, 16), pixels, new int[1], NAMES);
    assertArrayEquals(expected, set.pixels());
    ImageSet between =
        ImageSets.of("two", SHAPE, new float[] {0.4f / 255, 0.6f / 255}, new int[1], NAMES);
    assertArrayEquals(new byte[] {0, 1}, between.pixels());
  }

  @Test
  void stretchesImages() {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 2; y++) {
      image.setRGB(2, y, 0xFFFFFF);
      image.setRGB(3, y, 0xFFFFFF);
    }
    ImageSet set = ImageSets.of("images", SHAPE, List.of(image), new int[] {1}, NAMES);
    assertArrayEquals(new byte[] {0, -1}, set.pixels());
  }

  @Test
  void refuses() {
    assertRefused(
        "mine: image 1 has label 2; allowed are 0 to 1",
        () -> ImageSets.of("mine", SHAPE, new byte[4], new int[] {0, 2}, NAMES));
    assertRefused(
        "mine: image 0 has label -1; allowed are 0 to 1",
        () -> ImageSets.of("mine", SHAPE, new byte[4], new int[] {-1, 0}, NAMES));
    assertRefused(
        "mine: 0 names of classes; allowed are 1 to 256",
        () -> ImageSets.of("mine", SHAPE, new byte[4], new int[] {0, 0}, List.of()));
    assertRefused(
        "mine: 3 pixels for 2 images of " + SHAPE,
        () -> ImageSets.of("mine", SHAPE, new byte[3], new int[] {0, 0}, NAMES));
    assertRefused(
        "mine: pixel 1 is -0.5; pixels are from 0 to 1",
        () -> ImageSets.of("mine", SHAPE, new float[] {0, -0.5f}, new int[1], NAMES));
    assertRefused(
        "mine: a shape of 2 channels; images give 1 or 3",
        () ->
            ImageSets.of(
                "mine",
                new Shape(2, 1, 1),
                List.of(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)),
                new int[1],
                NAMES));
  }

  private static void assertRefused(String message, Runnable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use::run).getMessage());
  }

  @Test
  void aSetIsDividedForTraining() {
    byte[] pixels = new byte[20];
    for (int i = 0; i < 20; i++) {
      pixels[i] = (byte) i;
    }
    ImageSet all = ImageSets.of("mine", SHAPE, pixels, new int[10], NAMES);
    DataSet divided = DataSet.of(all, 0.3, 1);
    assertEquals(7, divided.train().count());
    assertEquals(3, divided.test().count());
    assertEquals("mine", divided.train().name());
    assertEquals("mine test", divided.test().name());
    assertArrayEquals(divided.test().pixels(), DataSet.of(all, 0.3, 1).test().pixels());
  }
}
