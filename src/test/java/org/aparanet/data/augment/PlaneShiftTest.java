package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class PlaneShiftTest {
  private static final ImageSet IMAGES =
      new ImageSet(
          "two",
          new Shape(1, 2, 3),
          new byte[] {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16},
          new byte[] {1, 0},
          2);

  @Test
  void movesEveryImageAndFillsWithZeros() {
    assertArrayEquals(
        new byte[] {0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 11, 12},
        PlaneShift.of(IMAGES, 1, 1, FillColor.BLACK).pixels());
    assertArrayEquals(
        new byte[] {3, 0, 0, 6, 0, 0, 13, 0, 0, 16, 0, 0},
        PlaneShift.of(IMAGES, -2, 0, FillColor.BLACK).pixels());
    assertArrayEquals(
        new byte[] {4, 5, 6, 0, 0, 0, 14, 15, 16, 0, 0, 0},
        PlaneShift.of(IMAGES, 0, -1, FillColor.BLACK).pixels());
    assertArrayEquals(IMAGES.pixels(), PlaneShift.of(IMAGES, 0, 0, FillColor.BLACK).pixels());
    assertArrayEquals(new byte[12], PlaneShift.of(IMAGES, 4, 0, FillColor.BLACK).pixels());
    assertArrayEquals(new byte[12], PlaneShift.of(IMAGES, 0, -4, FillColor.BLACK).pixels());
  }

  @Test
  void keepsWhatElseASetHas() {
    ImageSet moved = PlaneShift.of(IMAGES, 1, -1, FillColor.BLACK);

    assertEquals("two moved by (1, -1)", moved.name());
    assertArrayEquals(IMAGES.labels(), moved.labels());
    assertEquals(2, moved.classes());
  }
}
