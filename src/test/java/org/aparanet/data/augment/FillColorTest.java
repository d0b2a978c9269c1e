package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FillColorTest {
  private static final Shape SHAPE = new Shape(2, 8, 8);
  private static final FillColor MEAN =
      FillColor.of(Optional.of(new PixelNormalization(List.of(0.2f, 0.6f), List.of(0.3f, 0.3f))));

  @Test
  void isTheByteNearestToTheMean() {
    byte[] pixels = new byte[4];
    MEAN.fill(pixels, 0, 2, 0);
    MEAN.fill(pixels, 2, 4, 1);
    assertArrayEquals(new byte[] {51, 51, (byte) 153, (byte) 153}, pixels);
    FillColor.of(Optional.empty()).fill(pixels, 1, 3, 1);
    assertArrayEquals(new byte[] {51, 0, 0, (byte) 153}, pixels);
  }

  @Test
  void isWithinTheRangeOfPixels() {
    FillColor outside =
        FillColor.of(Optional.of(new PixelNormalization(List.of(-1f, 2f), List.of(1f, 1f))));
    byte[] pixels = new byte[2];
    outside.fill(pixels, 0, 1, 0);
    outside.fill(pixels, 1, 2, 1);
    assertArrayEquals(new byte[] {0, (byte) 255}, pixels);
  }

  /** An image of the mean colour stays one, whatever moves, turns or is cut out. */
  @ParameterizedTest
  @ValueSource(strings = {"shift 3", "shift 2.5, rotate 40, scale 0.3", "cutout 5"})
  void comesInFromOutside(String text) {
    byte[] image = new byte[SHAPE.size()];
    Arrays.fill(image, 0, 64, (byte) 51);
    Arrays.fill(image, 64, 128, (byte) 153);
    byte[] black = new byte[image.length];
    byte[] mean = new byte[image.length];
    boolean changed = false;
    for (int i = 0; i < 20; i++) {
      Augmentation what = Augmentation.parse(text);
      new Augmenter(what, SHAPE, 1, MEAN).apply(1, i, image, 0, mean, 0);
      new Augmenter(what, SHAPE, 1, FillColor.BLACK).apply(1, i, image, 0, black, 0);
      assertArrayEquals(image, mean);
      changed |= !Arrays.equals(image, black);
    }
    assertTrue(changed);
  }

  @Test
  void comesInWhereASetIsMoved() {
    ImageSet one = new ImageSet("set", new Shape(2, 1, 2), new byte[] {1, 2, 3, 4}, new byte[1], 1);
    assertArrayEquals(new byte[] {51, 1, (byte) 153, 3}, PlaneShift.of(one, 1, 0, MEAN).pixels());
    assertEquals("set moved by (1, 0)", PlaneShift.of(one, 1, 0, MEAN).name());
  }
}
