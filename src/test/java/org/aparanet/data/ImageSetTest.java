package org.aparanet.data;

import static org.aparanet.data.format.IdxBytes.counting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class ImageSetTest {
  private static final Shape SHAPE = new Shape(1, 2, 2);

  private static String refusal(int pixels, byte[] labels, int classes) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> new ImageSet("set", SHAPE, new byte[pixels], labels, classes))
        .getMessage();
  }

  @Test
  void refusesPixelsThatDoNotFitTheLabels() {
    assertEquals("set: 5 pixels for 1 images of 1x2x2", refusal(5, new byte[1], 2));
  }

  @Test
  void refusesLabelsThatAreNoClassAlsoAbove127() {
    assertEquals(
        "set: image 1 has label 200; the largest allowed is 9",
        refusal(8, new byte[] {9, (byte) 200}, 10));
  }

  @Test
  void refusesImpossibleNumbersOfClasses() {
    assertEquals("set: 0 classes; allowed are 1 to 256", refusal(0, new byte[0], 0));
    assertEquals("set: 257 classes; allowed are 1 to 256", refusal(0, new byte[0], 257));
  }

  @Test
  void firstKeepsTheBeginningAndAllWhereThereIsNoMore() {
    ImageSet set = new ImageSet("set", SHAPE, counting(12), new byte[] {2, 0, 1}, 3);
    ImageSet two = set.first(2);
    assertEquals(2, two.count());
    assertArrayEquals(counting(8), two.pixels());
    assertArrayEquals(new byte[] {2, 0}, two.labels());
    assertEquals(3, two.classes());
    assertSame(set, set.first(3));
    assertSame(set, set.first(Integer.MAX_VALUE));
  }

  @Test
  void classesHaveAllNamesOrNone() {
    List<String> names = List.of("cat", "dog");
    ImageSet set = new ImageSet("set", SHAPE, counting(8), new byte[] {1, 0}, 2, names);
    assertEquals(names, set.first(1).classNames());
    assertEquals(names, set.only(0).classNames());
    assertEquals(List.of(), new ImageSet("set", SHAPE, new byte[0], new byte[0], 2).classNames());
    assertEquals(
        "set: 2 names for 3 classes",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ImageSet("set", SHAPE, new byte[0], new byte[0], 3, names))
            .getMessage());
  }

  @Test
  void readsLabelsAsUnsigned() {
    ImageSet set = new ImageSet("set", SHAPE, new byte[4], new byte[] {(byte) 255}, 256);
    assertEquals(255, set.label(0));
  }
}
