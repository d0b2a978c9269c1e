package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldoutTest {

  @Test
  void everyImageIsInOnePartWithItsLabelAndInOrder() {
    ImageSet images = images(100);

    Holdout held = Holdout.of(images, 0.25, 7);

    assertEquals("set train", held.train().name());
    assertEquals("set validation", held.validation().name());
    assertEquals(25, held.validation().count());
    boolean[] seen = new boolean[100];
    for (ImageSet part : new ImageSet[] {held.train(), held.validation()}) {
      int last = -1;
      for (int i = 0; i < part.count(); i++) {
        int image = part.pixels()[2 * i];
        assertEquals(-image, part.pixels()[2 * i + 1]);
        assertEquals(image % 3, part.label(i));
        assertTrue(image > last && !seen[image]);
        seen[image] = true;
        last = image;
      }
    }
    assertEquals(100, held.train().count() + held.validation().count());
  }

  @Test
  void theSeedDecidesWhichOnes() {
    byte[] first = Holdout.of(images(100), 0.2, 1).validation().pixels();

    assertArrayEquals(first, Holdout.of(images(100), 0.2, 1).validation().pixels());
    assertTrue(!Arrays.equals(first, Holdout.of(images(100), 0.2, 2).validation().pixels()));
  }

  @Test
  void bothPartsHaveAnImage() {
    assertEquals(1, Holdout.of(images(2), 0.001, 1).validation().count());
    assertEquals(1, Holdout.of(images(2), 0.999, 1).train().count());
    assertThrows(IllegalArgumentException.class, () -> Holdout.of(images(1), 0.5, 1));
    for (double share : new double[] {0, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Holdout.of(images(9), share, 1));
    }
  }

  /** Of 60, 30 and 10 images a fifth is 12, 6 and 2; which ones, the seed decides. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void eachClassGivesItsShare(long seed) {
    assertArrayEquals(new int[] {12, 6, 2}, held(0.2, seed, 60, 30, 10));
  }

  /** A tenth of 14, 15 and 1 images is 1.4, 1.5 and 0.1, and 3 of all 30. */
  @Test
  void theLargestRemaindersGetWhatRoundingLeaves() {
    assertArrayEquals(new int[] {1, 2, 0}, held(0.1, 1, 14, 15, 1));
    assertArrayEquals(new int[] {2, 1}, held(0.15, 1, 10, 10)); // of equal ones, the first
  }

  @Test
  void eachClassKeepsAnImageToLearnFrom() {
    assertArrayEquals(new int[] {8, 1, 0}, held(0.95, 1, 9, 2, 1));
  }

  /** Images of each class that are held out, of as many as given. */
  private static int[] held(double share, long seed, int... counts) {
    int all = Arrays.stream(counts).sum();
    byte[] labels = new byte[all];
    int at = 0;
    for (int c = 0; c < counts.length; c++) {
      Arrays.fill(labels, at, at + counts[c], (byte) c);
      at += counts[c];
    }
    ImageSet validation =
        Holdout.of(
                new ImageSet("set", new Shape(1, 1, 1), new byte[all], labels, counts.length),
                share,
                seed)
            .validation();
    int[] held = new int[counts.length];
    for (int i = 0; i < validation.count(); i++) {
      held[validation.label(i)]++;
    }
    return held;
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[2 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) -i;
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet("set train", new Shape(1, 1, 2), pixels, labels, 3);
  }
}
