package org.aparanet.train.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.FillColor;
import org.aparanet.data.augment.PlaneShift;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;

/**
 * Test-time augmentation: classifies each image by the mean of the probabilities that the network
 * gives for the image moved by every whole number of pixels up to a limit, to each side.
 */
public final class ShiftedEvaluation {

  /** The most pixels to each side: 81 copies of an image. */
  public static final int MAXIMUM_SHIFT = 4;

  /** Memory of a session for images, in bytes; one copy of the set may take more. */
  private static final long SESSION_MEMORY = 1L << 28;

  private final ImageSet images;
  private final int shift;
  private final int copiesOfSession;

  /** Sums of the probabilities [images, classes]. */
  private double[][] sums;

  /**
   * An evaluation over moved copies.
   *
   * @param images to test with
   * @param shift the most pixels to each side, 0 to {@link #MAXIMUM_SHIFT}
   * @throws IllegalArgumentException if the shift is not allowed
   */
  public ShiftedEvaluation(ImageSet images, int shift) {
    this(images, shift, (int) Math.max(1, SESSION_MEMORY / Math.max(1, images.stored().bytes())));
  }

  /** With a number of copies of the set that a session may hold. */
  ShiftedEvaluation(ImageSet images, int shift, int copiesOfSession) {
    if (shift < 0 || shift > MAXIMUM_SHIFT) {
      throw new IllegalArgumentException(
          "the shift is " + shift + " pixels; allowed are 0 to " + MAXIMUM_SHIFT);
    }
    this.images = images;
    this.shift = shift;
    this.copiesOfSession = copiesOfSession;
  }

  /**
   * Number of copies of each image: {@code (2 shift + 1)²}.
   *
   * @param shift most pixels of a move, in each direction
   * @return the number
   */
  public static int copies(int shift) {
    return (2 * shift + 1) * (2 * shift + 1);
  }

  /**
   * Classifies all images. A session keeps what it has loaded, so that one holds a limited number
   * of copies, and another one takes the rest.
   *
   * @param sessions opens a session with the parameters to test; each is closed before the next is
   *     opened
   * @return the predictions with their mean probabilities, the time without that for opening
   *     sessions, and the images (not their copies) in a second
   * @throws EngineException if the device fails, or an output is not finite
   */
  public Evaluation.Detailed detailed(Supplier<? extends Session> sessions) {
    return detailed(sessions, System::nanoTime);
  }

  /** With a clock of the test's own, in nanoseconds. */
  Evaluation.Detailed detailed(Supplier<? extends Session> sessions, LongSupplier clock) {
    sums = new double[images.count()][];
    long nanos = 0;
    int copies = copies(shift);
    for (int from = 0; from < copies; from += copiesOfSession) {
      try (Session session = sessions.get()) {
        FillColor ground = FillColor.of(session.network().normalization());
        long start = clock.getAsLong();
        for (int copy = from; copy < Math.min(copies, from + copiesOfSession); copy++) {
          add(new Evaluation(session, moved(copy, ground)).predictions());
        }
        nanos += clock.getAsLong() - start;
      }
    }
    List<Prediction> predictions = Arrays.stream(sums).map(s -> prediction(s, copies)).toList();
    return Evaluation.Detailed.of(predictions, images, nanos);
  }

  private ImageSet moved(int copy, FillColor ground) {
    int right = copy % (2 * shift + 1) - shift;
    int down = copy / (2 * shift + 1) - shift;
    return right == 0 && down == 0 ? images : PlaneShift.of(images, right, down, ground);
  }

  private void add(List<Prediction> predictions) {
    for (int image = 0; image < sums.length; image++) {
      double[] probabilities = predictions.get(image).probabilities();
      if (sums[image] == null) {
        sums[image] = probabilities;
        continue;
      }
      for (int c = 0; c < probabilities.length; c++) {
        sums[image][c] += probabilities[c];
      }
    }
  }

  private static Prediction prediction(double[] sums, int copies) {
    int best = 0;
    for (int c = 0; c < sums.length; c++) {
      best = sums[c] > sums[best] ? c : best;
    }
    return new Prediction(best, Arrays.stream(sums).map(sum -> sum / copies).toArray());
  }
}
