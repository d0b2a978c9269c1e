package org.aparanet.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Random;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AugmentedBatchesTest {
  private static final Shape SHAPE = new Shape(2, 5, 7);
  private static final Augmentation ALL =
      Augmentation.parse("shift 1, rotate 10, elastic 8 3, flip, cutout 2");
  private static final ImageSet IMAGES = images(1500);
  private static final int[] ORDER = new BatchSampler(1500, 3, true).order(2);

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0",
    "1, 0, 3",
    "7, 0, 0",
    "7, 0, 1",
    "7, 0, 2",
    "7, 101, 5",
    "300, 0, 2",
    "300, 4, 8",
    "1500, 0, 1",
    "9999, 0, 2",
  })
  void givesWhatDirectApplicationGives(int batch, int firstBatch, int threads) {
    Augmenter augmenter = new Augmenter(ALL, SHAPE, 9, FillColor.BLACK);
    int at = batch * firstBatch;
    try (AugmentedBatches batches =
        new AugmentedBatches(
            IMAGES,
            ORDER,
            batch,
            () -> new Augmenter(ALL, SHAPE, 9, FillColor.BLACK),
            2,
            firstBatch,
            threads)) {
      while (batches.hasNext()) {
        AugmentedBatches.Batch taken = batches.next();
        assertEquals(at, taken.first());
        assertEquals(Math.min(batch, 1500 - at), taken.count());
        byte[] expected = new byte[taken.count() * SHAPE.size()];
        augmenter.apply(IMAGES, 2, ORDER, at, taken.count(), expected);
        assertArrayEquals(expected, Arrays.copyOf(taken.pixels(), expected.length), "from " + at);
        at += taken.count();
      }
      assertThrows(NoSuchElementException.class, batches::next);
    }
    assertEquals(1500, at);
  }

  @Test
  void copiesIntoAnArray() {
    byte[] target = new byte[1000 * SHAPE.size()];
    byte[] expected = new byte[500 * SHAPE.size()];
    new Augmenter(ALL, SHAPE, 9, FillColor.BLACK).apply(IMAGES, 1, ORDER, 1000, 500, expected);
    try (AugmentedBatches batches =
        new AugmentedBatches(
            IMAGES, ORDER, 1000, () -> new Augmenter(ALL, SHAPE, 9, FillColor.BLACK), 1, 0, 1)) {
      assertEquals(1000, batches.next(target));
      assertEquals(500, batches.next(target));
    }
    assertArrayEquals(expected, Arrays.copyOf(target, expected.length));
  }

  @Test
  void anEpochMayBeOver() {
    for (int threads = 0; threads < 2; threads++) {
      try (AugmentedBatches batches =
          new AugmentedBatches(
              IMAGES,
              ORDER,
              500,
              () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK),
              1,
              3,
              threads)) {
        assertFalse(batches.hasNext());
      }
    }
  }

  @Test
  void closingEarlyEndsTheThreads() {
    int before = threads();
    AugmentedBatches batches =
        new AugmentedBatches(
            IMAGES, ORDER, 1, () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK), 1, 0, 3);
    batches.next();
    batches.close();
    batches.close();

    assertEquals(before, threads());
    assertThrows(IllegalStateException.class, batches::next);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "3"})
  void whatEndsAThreadIsThrownWhereItsBatchIsTaken(int threads) {
    int[] order = ORDER.clone();
    order[900] = 1500; // there is no such image
    try (AugmentedBatches batches =
        new AugmentedBatches(
            IMAGES,
            order,
            300,
            () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK),
            1,
            0,
            threads)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(300, batches.next().count());
      }
      assertTrue(batches.hasNext());
      assertThrows(IndexOutOfBoundsException.class, batches::next);
      assertThrows(IndexOutOfBoundsException.class, batches::next);
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    try (AugmentedBatches batches =
        new AugmentedBatches(
            IMAGES, ORDER, 500, () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK), 1, 0, 1)) {
      Thread.currentThread().interrupt();
      assertEquals(500, batches.next().count());
      assertEquals(500, batches.next().count());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(
        "the first batch is 4; allowed are 0 to 3",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new AugmentedBatches(
                        IMAGES,
                        ORDER,
                        500,
                        () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK),
                        1,
                        4,
                        0))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AugmentedBatches(
                IMAGES, ORDER, 0, () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK), 1, 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AugmentedBatches(
                IMAGES, ORDER, 1, () -> new Augmenter(ALL, SHAPE, 1, FillColor.BLACK), 1, 0, -1));
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("aparanet-augment"))
            .count();
  }

  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * SHAPE.size()];
    new Random(5).nextBytes(pixels);
    return new ImageSet("random", SHAPE, pixels, new byte[count], 1);
  }
}
