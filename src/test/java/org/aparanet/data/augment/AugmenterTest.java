package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation.Flip;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmenterTest {
  private static final Shape DIGIT = new Shape(1, 28, 28);
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 1),
          new Shape(3, 1, 1),
          new Shape(1, 1, 9),
          new Shape(2, 9, 1),
          new Shape(1, 2, 2),
          new Shape(3, 8, 13),
          new Shape(1, 13, 8),
          DIGIT,
          new Shape(3, 32, 32),
          new Shape(1, 40, 90)); // several blocks of rows

  @Test
  void nothingLeavesImagesUntouched() {
    for (Shape shape : SHAPES) {
      byte[] source = random(shape);
      assertArrayEquals(source, augmented(Augmentation.NONE, shape, 1, 1, 1, source));
    }
  }

  /** Amounts too small to be seen still go through the interpolation. */
  @Test
  void resamplingByNothingLeavesImagesUntouched() {
    for (Shape shape : SHAPES) {
      byte[] source = random(shape);
      assertArrayEquals(
          source, augmented(Augmentation.parse("rotate 0.000001"), shape, 1, 1, 1, source));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shift 2",
        "shift 20",
        "shift 1.5",
        "rotate 10",
        "rotate 180",
        "scale 0.1",
        "scale 0.5",
        "shear 5",
        "shear 60",
        "flip",
        "flip alternate",
        "cutout 1",
        "cutout 8",
        "elastic 8 3",
        "elastic 34 4",
        "elastic 300 1",
        "shift 2, flip",
        "shift 2.5, flip, cutout 5",
        "rotate 10, flip alternate",
        "shift 2, rotate 10, scale 0.1, shear 5, elastic 8 3, flip, cutout 8",
      })
  void agreesWithTheReference(String text) {
    Augmentation what = Augmentation.parse(text);
    for (Shape shape : SHAPES) {
      byte[] source = random(shape);
      ReferenceAugmenter reference = new ReferenceAugmenter(what, shape);
      for (int image = 0; image < 6; image++) {
        double[] expected = reference.apply(5, 3, image, source);
        byte[] actual = augmented(what, shape, 5, 3, image, source);
        for (int i = 0; i < actual.length; i++) {
          String where = text + ", " + shape + ", image " + image + ", pixel " + i;
          assertEquals(expected[i], actual[i] & 0xFF, 0.5 + 0.3, where); // rounding, and positions
        }
      }
    }
  }

  @Test
  void quarterAndHalfTurnsMovePixelsExactly() {
    Shape shape = new Shape(1, 3, 3);
    byte[] source = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    assertArrayEquals(new byte[] {7, 4, 1, 8, 5, 2, 9, 6, 3}, mapped(shape, 90, 1, 0, source));
    assertArrayEquals(new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, mapped(shape, 180, 1, 0, source));
    assertArrayEquals(new byte[] {0, 1, 2, 4, 5, 6, 8, 9, 0}, mapped(shape, 0, 1, -45, source));
  }

  @Test
  void aConstantImageStaysConstantInside() {
    byte[] source = new byte[DIGIT.size()];
    Arrays.fill(source, (byte) 255);
    Augmentation what = Augmentation.parse("shift 1, rotate 10, scale 0.1, elastic 8 3");
    for (int image = 0; image < 50; image++) {
      byte[] target = augmented(what, DIGIT, 1, 1, image, source);
      for (int y = 10; y < 18; y++) {
        for (int x = 10; x < 18; x++) {
          assertEquals((byte) 255, target[y * 28 + x]);
        }
      }
    }
  }

  @Test
  void dependsOnSeedEpochAndImageOnlyWhateverTheThreadAndTheOrder() {
    Augmentation what = Augmentation.parse("shift 2, rotate 10, elastic 8 3, flip, cutout 8");
    byte[] source = random(DIGIT);
    byte[][] forth = new byte[200][];
    Augmenter one = new Augmenter(what, DIGIT, 1, FillColor.BLACK);
    for (int image = 0; image < 200; image++) {
      forth[image] = new byte[DIGIT.size()];
      one.apply(4, image, source, 0, forth[image], 0);
    }

    IntStream.range(0, 200)
        .parallel()
        .map(i -> 199 - i)
        .forEach(
            image -> assertArrayEquals(forth[image], augmented(what, DIGIT, 1, 4, image, source)));
    assertEquals(200, Arrays.stream(forth).map(Arrays::hashCode).distinct().count());
    assertFalse(Arrays.equals(forth[0], augmented(what, DIGIT, 1, 5, 0, source)));
    assertFalse(Arrays.equals(forth[0], augmented(what, DIGIT, 2, 4, 0, source)));
  }

  /** Bytes of another machine or an earlier version: an interrupted training goes on with them. */
  @Test
  void bytesAreTheSameEverywhere() {
    Augmentation what =
        Augmentation.parse("shift 2, rotate 10, scale 0.1, shear 5, elastic 8 3, flip, cutout 4");
    CRC32 sum = new CRC32();
    for (int image = 0; image < 100; image++) {
      sum.update(augmented(what, DIGIT, 1, 1, image, random(DIGIT)));
    }

    assertEquals("5b72c22a", Long.toHexString(sum.getValue()));
  }

  @Test
  void aFurtherWordLeavesTheOthersAsTheyWere() {
    byte[] source = new byte[DIGIT.size()];
    Arrays.fill(source, (byte) 9);
    for (int image = 0; image < 50; image++) {
      byte[] moved = augmented(Augmentation.parse("shift 3"), DIGIT, 1, 1, image, source);
      byte[] both = augmented(Augmentation.parse("shift 3, cutout 4"), DIGIT, 1, 1, image, source);
      int cut = 0;
      for (int i = 0; i < moved.length; i++) {
        if (both[i] != moved[i]) {
          assertEquals(0, both[i]);
          cut++;
        }
      }
      assertTrue(cut <= 16, "" + cut);
    }
  }

  @Test
  void flipsHalfOfTheImages() {
    byte[] source = random(DIGIT);
    Augmenter augmenter = new Augmenter(Augmentation.parse("flip"), DIGIT, 1, FillColor.BLACK);
    byte[] target = new byte[DIGIT.size()];
    int flipped = 0;
    for (int image = 0; image < 10_000; image++) {
      augmenter.apply(1, image, source, 0, target, 0);
      flipped += Arrays.equals(source, target) ? 0 : 1;
    }
    assertEquals(5000, flipped, 200); // four standard deviations
  }

  /** In any two epochs that follow each other, each image is seen both ways. */
  @Test
  void alternatingFlipsMirrorAnImageInEveryOtherEpoch() {
    byte[] source = random(DIGIT);
    byte[] mirrored = mirrored(DIGIT, source);
    Augmenter augmenter =
        new Augmenter(Augmentation.parse("flip alternate"), DIGIT, 1, FillColor.BLACK);
    byte[] target = new byte[DIGIT.size()];
    int first = 0;
    for (int image = 0; image < 10_000; image++) {
      augmenter.apply(1, image, source, 0, target, 0);
      boolean begins = Arrays.equals(mirrored, target);
      first += begins ? 1 : 0;
      for (int epoch = 1; epoch <= 5; epoch++) {
        augmenter.apply(epoch, image, source, 0, target, 0);
        assertArrayEquals(begins == (epoch % 2 == 1) ? mirrored : source, target);
      }
    }
    assertEquals(5000, first, 200); // four standard deviations
  }

  /** Left to right. */
  private static byte[] mirrored(Shape shape, byte[] source) {
    byte[] mirrored = new byte[source.length];
    for (int i = 0; i < source.length; i++) {
      mirrored[i] = source[i - i % shape.width() + shape.width() - 1 - i % shape.width()];
    }
    return mirrored;
  }

  /** The other words draw what they drew. */
  @Test
  void alternatingFlipsLeaveTheShiftAsItWas() {
    byte[] source = random(DIGIT);
    Augmenter shifts = new Augmenter(Augmentation.parse("shift 2"), DIGIT, 1, FillColor.BLACK);
    Augmenter both =
        new Augmenter(Augmentation.parse("shift 2, flip alternate"), DIGIT, 1, FillColor.BLACK);
    byte[] expected = new byte[DIGIT.size()];
    byte[] target = new byte[DIGIT.size()];
    int same = 0;
    for (int image = 0; image < 1000; image++) {
      shifts.apply(2, image, source, 0, expected, 0);
      both.apply(2, image, source, 0, target, 0);
      same += Arrays.equals(expected, target) ? 1 : 0;
    }
    assertEquals(500, same, 64); // those that are not mirrored
  }

  @Test
  void allShiftsAreAlikeAndIndependentOfTheFlip() {
    Shape shape = new Shape(1, 7, 7);
    byte[] source = new byte[49];
    source[3 * 7 + 3] = 1;
    source[2 * 7 + 3] = 2;
    source[3 * 7 + 4] = 3; // to the right of the 1, or mirrored to the left of it
    Augmenter augmenter =
        new Augmenter(Augmentation.parse("shift 2, flip"), shape, 7, FillColor.BLACK);
    byte[] target = new byte[49];
    int[] seen = new int[98];
    for (int image = 0; image < 50_000; image++) {
      augmenter.apply(2, image, source, 0, target, 0);
      int at = IntStream.range(0, 49).filter(i -> target[i] == 1).findFirst().orElseThrow();
      seen[at + (target[at + 1] == 3 ? 0 : 49)]++;
    }
    for (int at = 0; at < 98; at++) {
      int y = at % 49 / 7;
      int x = at % 7;
      boolean inside = x >= 1 && x <= 5 && y >= 1 && y <= 5;
      assertEquals(inside ? 1000 : 0, seen[at], inside ? 130 : 0, "at " + at);
    }
  }

  @Test
  void theSquaresCentreIsAnywhere() {
    Shape shape = new Shape(1, 5, 4);
    byte[] source = new byte[20];
    Arrays.fill(source, (byte) 1);
    Augmenter augmenter = new Augmenter(Augmentation.parse("cutout 1"), shape, 1, FillColor.BLACK);
    byte[] target = new byte[20];
    int[] seen = new int[20];
    for (int image = 0; image < 20_000; image++) {
      augmenter.apply(1, image, source, 0, target, 0);
      int at = IntStream.range(0, 20).filter(i -> target[i] == 0).findFirst().orElseThrow();
      seen[at]++;
      assertEquals(19, IntStream.range(0, 20).map(i -> target[i]).sum());
    }
    for (int count : seen) {
      assertEquals(1000, count, 130);
    }
  }

  /** Standard deviation and correlation of Simard's fields: noise after a Gaussian filter. */
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 3, 4, 6})
  void elasticDisplacementsAreDistributedAsThoseOfTheSource(double sigma) {
    double alpha = 34;
    int side = 28;
    ElasticField field = new ElasticField(side, side, alpha, sigma, 1);
    Draws draws = new Draws();
    float[][] dx = new float[side][side];
    float[][] dy = new float[side][side];
    double[] products = new double[10]; // of displacements that far apart, along x and along y
    double crossed = 0;
    int fields = 800;
    for (int i = 0; i < fields; i++) {
      draws.select(1, 1, i);
      field.draw(draws, 8);
      for (int y = 0; y < side; y++) {
        field.row(y, dx[y], dy[y]);
      }
      for (int far = 0; far < products.length; far++) {
        for (int k = 0; k < side - far; k++) {
          products[far] += dx[9][k] * dx[9][k + far] + dy[k][20] * dy[k + far][20];
        }
      }
      crossed += dx[14][14] * dy[14][14];
    }
    double variance = alpha * alpha / 3 / (4 * Math.PI * sigma * sigma);
    for (int far = 0; far < products.length; far++) {
      double correlation = products[far] / (2 * fields * (side - far)) / variance;
      assertEquals(Math.exp(-far * far / (4 * sigma * sigma)), correlation, 0.1, "distance " + far);
    }
    assertEquals(0, crossed / fields / variance, 0.1);
  }

  @Test
  void anyAmountsOnAnyShapeStayInsideTheArrays() {
    Random random = new Random(11);
    for (int i = 0; i < 1500; i++) {
      Augmentation what =
          new Augmentation(
              amount(random, 100),
              amount(random, 180),
              amount(random, 0.5),
              amount(random, 60),
              amount(random, 10_000),
              1 + random.nextInt(100) * random.nextDouble(),
              Flip.values()[random.nextInt(3)],
              random.nextInt(3) * random.nextInt(20));
      Shape shape =
          new Shape(1 + random.nextInt(3), 1 + random.nextInt(12), 1 + random.nextInt(12));
      byte[] both = new byte[2 * shape.size() + 6];
      random.nextBytes(both);
      byte[] before = both.clone();
      int to = shape.size() + 4;
      new Augmenter(what, shape, random.nextLong(), FillColor.BLACK)
          .apply(random.nextInt(), random.nextInt(), both, 2, both, to);

      Arrays.fill(before, to, to + shape.size(), (byte) 0);
      Arrays.fill(both, to, to + shape.size(), (byte) 0);
      assertArrayEquals(before, both, what + " on " + shape);
    }
  }

  @Test
  void theLongestSidesAtTheMostExtremeAmountsStayInsideToo() {
    Augmentation most =
        Augmentation.parse("shift 100, rotate 180, scale 0.5, shear 60, elastic 10000 1");
    for (Shape shape : List.of(new Shape(1, 1, 1 << 14), new Shape(1, 1 << 14, 1))) {
      byte[] source = random(shape);
      for (int image = 0; image < 20; image++) {
        augmented(most, shape, 1, 1, image, source);
      }
    }
    assertEquals(
        "images of 1x1x16385 cannot be resampled; a side may have at most 16384 pixels",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Augmenter(most, new Shape(1, 1, 16385), 1, FillColor.BLACK))
            .getMessage());
  }

  @Test
  void imagesThatAreNotThereAreRefused() {
    ImageSet images = new ImageSet("one", DIGIT, random(DIGIT), new byte[1], 1);
    Augmenter augmenter = new Augmenter(Augmentation.NONE, DIGIT, 1, FillColor.BLACK);
    byte[] target = new byte[DIGIT.size()];

    augmenter.apply(images, 1, new int[] {0}, 0, 1, target);
    assertArrayEquals(images.pixels(), target);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> augmenter.apply(images, 1, new int[] {1}, 0, 1, target));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> augmenter.apply(images, 1, new int[] {0, 0}, 0, 2, target));
  }

  private static double amount(Random random, double most) {
    return random.nextInt(3) == 0 ? 0 : most * Math.pow(random.nextDouble(), 3);
  }

  private static byte[] mapped(
      Shape shape, double rotation, double factor, double shear, byte[] source) {
    AffineMap map = new AffineMap();
    map.set(shape.height(), shape.width(), rotation, factor, shear, 0, 0, false);
    byte[] target = new byte[source.length];
    new Resampler(shape, FillColor.BLACK).apply(map, null, source, 0, target, 0);
    return target;
  }

  private static byte[] augmented(
      Augmentation what, Shape shape, long seed, int epoch, int image, byte[] source) {
    byte[] target = new byte[source.length];
    Arrays.fill(target, (byte) 77);
    new Augmenter(what, shape, seed, FillColor.BLACK).apply(epoch, image, source, 0, target, 0);
    return target;
  }

  private static byte[] random(Shape shape) {
    byte[] pixels = new byte[shape.size()];
    new Random(3).nextBytes(pixels);
    return pixels;
  }
}
