package org.aparanet.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aparanet.data.format.DataException;
import org.junit.jupiter.api.Test;

class ImagePixelsTest {
  private static final ImagePixels MEMORY = ImagePixels.of(new byte[] {1, 2, 3, 4, 5, 6}, 2);

  /** As if they were in a file. */
  private static final ImagePixels ELSEWHERE = new SelectedPixels(MEMORY, new int[] {0, 1, 2});

  @Test
  void partsOfWhatIsInMemoryAreCopiesAndOthersAreReadFromWhereTheyAre() {
    for (ImagePixels pixels : new ImagePixels[] {MEMORY, ELSEWHERE}) {
      boolean copied = pixels == MEMORY;
      check(copied, new byte[] {5, 6, 1, 2}, pixels.select(new int[] {2, 0}));
      check(copied, new byte[] {1, 2, 3, 4}, pixels.first(2));
      check(copied, new byte[] {1, 2, 3, 4, 5, 6, 5, 6}, pixels.join(pixels.select(new int[] {2})));
    }
    check(false, new byte[] {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}, MEMORY.join(ELSEWHERE));
    assertSame(MEMORY.toArray(), MEMORY.toArray());
    assertThrows(IllegalArgumentException.class, () -> MEMORY.join(ImagePixels.of(new byte[3], 3)));
  }

  private static void check(boolean copied, byte[] expected, ImagePixels pixels) {
    assertEquals(copied, pixels.array().isPresent());
    assertEquals(expected.length, pixels.bytes());
    assertArrayEquals(expected, pixels.toArray());
    assertThrows(
        IndexOutOfBoundsException.class, () -> pixels.copy(pixels.count(), new byte[2], 0));
  }

  @Test
  void moreThanAnArrayHoldsIsSaid() {
    ImagePixels large =
        new ImagePixels() {
          @Override
          public int count() {
            return 1 << 20;
          }

          @Override
          public int imageSize() {
            return 1 << 12;
          }

          @Override
          public void copy(int image, byte[] target, int to) {
            throw new AssertionError("there is no room for it");
          }
        };
    assertEquals(1L << 32, large.bytes());
    assertEquals(
        "1048576 images of 4096 bytes do not fit into one array; at most 524287 do",
        assertThrows(DataException.class, large::toArray).getMessage());
  }
}
