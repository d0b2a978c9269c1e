package org.aparanet.data.augment;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Shape;

/**
 * Prints how long one thread takes for an image, and how many a second that is: the median of many
 * runs. Not a test; {@code docs/augmentation.md} shows its figures and says how to start it.
 */
final class AugmentationTiming {
  private static final int IMAGES = 256;
  private static final int RUNS = 200;

  private static final List<String> TEXTS =
      List.of(
          "none",
          "shift 2",
          "flip",
          "shift 4, flip, cutout 8",
          "cutout 8",
          "shift 1.5",
          "rotate 10",
          "scale 0.1",
          "shear 5",
          "shift 2, rotate 10, scale 0.1, shear 5",
          "elastic 8 3",
          "elastic 34 4",
          "shift 2, rotate 10, scale 0.1, shear 5, elastic 8 3, flip, cutout 8");

  private AugmentationTiming() {}

  public static void main(String[] arguments) {
    System.out.printf("%-70s %20s %20s%n", "", "1x28x28", "3x32x32");
    for (int warmup = 0; warmup < 2; warmup++) { // all forms seen before any is timed
      TEXTS.forEach(text -> median(text, new Shape(1, 28, 28)));
      TEXTS.forEach(text -> median(text, new Shape(3, 32, 32)));
    }
    for (String text : TEXTS) {
      double digit = median(text, new Shape(1, 28, 28));
      double photo = median(text, new Shape(3, 32, 32));
      System.out.printf(
          "%-70s %5.2f us %,9.0f/s %5.2f us %,9.0f/s%n",
          text, digit * 1e6, 1 / digit, photo * 1e6, 1 / photo);
    }
    for (int threads = 0; threads <= 2; threads++) {
      for (int batch : new int[] {8, 64}) {
        double rate = Math.max(epoch(threads, batch), epoch(threads, batch));
        System.out.printf("batches of %d, %d threads: %,.0f images/s%n", batch, threads, rate);
      }
    }
  }

  /** Images a second that come out of an epoch's batches if nobody else uses the processor. */
  private static double epoch(int threads, int batch) {
    Shape shape = new Shape(1, 28, 28);
    ImageSet images =
        new ImageSet("zeros", shape, new byte[60_000 * shape.size()], new byte[60_000], 1);
    int[] order = new BatchSampler(images.count(), 1, true).order(1);
    Augmentation augmentation = Augmentation.parse("shift 2, rotate 10, scale 0.1, shear 5");
    long start = System.nanoTime();
    try (AugmentedBatches batches =
        new AugmentedBatches(
            images,
            order,
            batch,
            () -> new Augmenter(augmentation, images.shape(), 1, FillColor.BLACK),
            1,
            0,
            threads)) {
      while (batches.hasNext()) {
        batches.next();
      }
    }
    return images.count() / ((System.nanoTime() - start) * 1e-9);
  }

  /** Seconds for an image. */
  private static double median(String text, Shape shape) {
    Augmenter augmenter = new Augmenter(Augmentation.parse(text), shape, 1, FillColor.BLACK);
    byte[] source = new byte[IMAGES * shape.size()];
    byte[] target = new byte[source.length];
    new Random(1).nextBytes(source);
    double[] seconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      for (int i = 0; i < IMAGES; i++) {
        augmenter.apply(run, i, source, i * shape.size(), target, i * shape.size());
      }
      seconds[run] = (System.nanoTime() - start) * 1e-9 / IMAGES;
    }
    Arrays.sort(seconds);
    return seconds[RUNS / 2];
  }
}
