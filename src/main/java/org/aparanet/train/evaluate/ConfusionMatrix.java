package org.aparanet.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aparanet.data.ImageSet;

/**
 * Confusion matrix: number of images by true and predicted class. Only counts above 0 are stored,
 * so that many classes take no more memory than the images.
 */
public final class ConfusionMatrix {
  private final int classes;
  private final Map<Cell, Integer> counts = new HashMap<>();
  private final int[] support;
  private final int[] predicted;

  /**
   * Counts.
   *
   * @param images images with their classes
   * @param predictions prediction of each of them, in order
   * @throws IllegalArgumentException if there are not as many predictions as images
   */
  public ConfusionMatrix(ImageSet images, List<Prediction> predictions) {
    if (images.count() != predictions.size()) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions for " + images.count() + " images");
    }
    int largest = predictions.stream().mapToInt(Prediction::predicted).max().orElse(0);
    classes = Math.max(images.classes(), largest + 1);
    support = new int[classes];
    predicted = new int[classes];
    for (int i = 0; i < images.count(); i++) {
      Cell cell = new Cell(images.label(i), predictions.get(i).predicted());
      counts.merge(cell, 1, Integer::sum);
      support[cell.truth]++;
      predicted[cell.predicted]++;
    }
  }

  /**
   * {@return the number of classes: those of the images, or more if one beyond them was predicted}
   */
  public int classes() {
    return classes;
  }

  /**
   * {@return the number of images of class {@code truth} that were predicted as class {@code
   * predicted}}
   *
   * @param truth their class
   * @param predicted index of the class that they were taken for
   */
  public int count(int truth, int predicted) {
    return counts.getOrDefault(new Cell(truth, predicted), 0);
  }

  /**
   * {@return the number of images of a class}
   *
   * @param c index of the class
   */
  public int support(int c) {
    return support[c];
  }

  /** {@return the accuracy over all classes} */
  public Accuracy accuracy() {
    int correct = 0;
    int count = 0;
    for (int c = 0; c < classes; c++) {
      correct += count(c, c);
      count += support[c];
    }
    return new Accuracy(correct, count);
  }

  /**
   * Precision of a class, 0 to 1: share of the images predicted as it that belong to it; empty if
   * there are none.
   *
   * @param c index of the class
   * @return the precision, or nothing
   */
  public OptionalDouble precision(int c) {
    return share(count(c, c), predicted[c]);
  }

  /**
   * Recall of a class, 0 to 1: share of its images that were predicted as it; empty if there are
   * none.
   *
   * @param c index of the class
   * @return the recall, or nothing
   */
  public OptionalDouble recall(int c) {
    return share(count(c, c), support[c]);
  }

  /**
   * Harmonic mean of precision and recall: 2 hits / (images of the class + images taken for it);
   * empty if there are neither. It is 0 without a hit, also where precision or recall is empty.
   *
   * @param c index of the class
   * @return the F1 score, or nothing
   */
  public OptionalDouble f1(int c) {
    return share(2 * count(c, c), support[c] + predicted[c]);
  }

  /**
   * {@return the counts of wrong predictions, largest first; of equal ones, the lower classes
   * first}
   */
  public List<Confusion> confusions() {
    List<Confusion> confusions = new ArrayList<>();
    counts.forEach(
        (cell, count) -> {
          if (cell.truth != cell.predicted) {
            confusions.add(new Confusion(cell.truth, cell.predicted, count));
          }
        });
    confusions.sort(
        Comparator.comparingInt((Confusion confusion) -> -confusion.count())
            .thenComparingInt(Confusion::truth)
            .thenComparingInt(Confusion::predicted));
    return confusions;
  }

  private static OptionalDouble share(double part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / whole);
  }

  private record Cell(int truth, int predicted) {}

  /**
   * Images of one class that were taken for another.
   *
   * @param truth their class
   * @param predicted what they were taken for
   * @param count how many
   */
  public record Confusion(int truth, int predicted, int count) {}
}
