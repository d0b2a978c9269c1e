package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** Who reads which image of a set in a file: the session's thread, or one that reads ahead. */
class HostImagesTest {
  private static final String READER = "aparanet-read-ahead";

  private final List<Integer> read = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> readAhead = Collections.synchronizedList(new ArrayList<>());

  /** Images of two bytes, the first of which is the image's number. */
  private ImageSet inFile(int count) {
    ImagePixels pixels =
        new ImagePixels() {
          @Override
          public int count() {
            return count;
          }

          @Override
          public int imageSize() {
            return 2;
          }

          @Override
          public void copy(int image, byte[] target, int to) {
            boolean ahead = Thread.currentThread().getName().equals(READER);
            (ahead ? readAhead : read).add(image);
            target[to] = (byte) image;
          }
        };
    return new ImageSet("file", new Shape(1, 1, 2), pixels, new byte[count], 2, List.of());
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void aSetInOrderIsReadAheadToItsEnd() {
    try (HostImages images = new HostImages(2, 4)) {
      images.addKept(inFile(3));
      int first = images.addKept(inFile(10));
      images.addKept(inFile(5));
      int[] order = IntStream.range(first, first + 10).toArray();
      int[] indices = new int[4];
      for (int from = 0; from < 10; from += 4) {
        int count = Math.min(4, 10 - from);

        assertTrue(images.place(order, from, count, indices));

        for (int i = 0; i < count; i++) {
          assertEquals(-1 - i, indices[i]);
          assertEquals(from + i, images.pixels()[2 * i]);
        }
      }
    }
    assertEquals(numbers(0, 4), read);
    assertEquals(numbers(4, 10), readAhead);
  }

  @Test
  void anotherOrderIsReadWhenItIsWanted() {
    try (HostImages images = new HostImages(2, 4)) {
      images.addKept(inFile(10));
      images.place(new int[] {0, 1, 2, 4}, 0, 4, new int[4]);
      images.place(new int[] {3}, 0, 1, new int[4]);
      assertArrayEquals(new byte[] {3, 0}, Arrays.copyOf(images.pixels(), 2));
    }
    assertEquals(List.of(0, 1, 2, 4, 3), read);
    assertEquals(List.of(), readAhead);
  }
}
