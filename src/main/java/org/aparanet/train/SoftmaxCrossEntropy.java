package org.aparanet.train;

import java.util.Objects;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LossGradient;

/**
 * Softmax and cross-entropy of one batch at a time, on the host.
 *
 * <pre>
 * logits  [N, classes]
 * loss    [N]            log(sum(exp(logits))) - logits[label]
 * dLogits [N, classes]   (softmax(logits) - onehot(label)) / N
 * </pre>
 *
 * <p>With label smoothing s the target is not onehot(label) but (1 - s) onehot(label) + s /
 * classes, and the loss is the cross-entropy with that, as PyTorch's {@code label_smoothing} has it
 * (Szegedy et al., 2015, "Rethinking the Inception architecture", arXiv:1512.00567).
 *
 * <p>The largest logit is subtracted before the exponential, so that no finite logit overflows.
 * What belongs to a row is stored by row and summed in the order of the rows: the results have the
 * same bits however an engine cuts the batch into pieces.
 */
public final class SoftmaxCrossEntropy implements LossGradient {
  private final int classes;
  private final double smoothing;
  private final int[] labels;
  private final double[] losses;
  private final boolean[] hits;
  private final double[] exponentials;
  private int count;

  /**
   * @param classes number of classes
   * @param batch the most rows of a batch
   */
  public SoftmaxCrossEntropy(int classes, int batch) {
    this(classes, batch, 0);
  }

  /**
   * With label smoothing.
   *
   * @param smoothing 0 to below 1
   */
  public SoftmaxCrossEntropy(int classes, int batch, float smoothing) {
    this.classes = classes;
    this.smoothing = smoothing;
    labels = new int[batch];
    losses = new double[batch];
    hits = new boolean[batch];
    exponentials = new double[Math.multiplyExact(batch, classes)];
  }

  /**
   * Takes the labels of the next batch.
   *
   * @param images the set that the batch comes from
   * @param order positions in that set
   * @param from index in {@code order} of the batch's first row
   * @param rows rows of the batch
   */
  public void bind(ImageSet images, int[] order, int from, int rows) {
    Objects.checkFromIndexSize(0, rows, labels.length);
    count = rows;
    for (int row = 0; row < rows; row++) {
      labels[row] = images.label(order[from + row]);
    }
  }

  @Override
  public boolean apply(float[] logits, float[] dLogits, int offset, int first, int rows) {
    boolean finite = true;
    for (int row = 0; row < rows; row++) {
      finite &= applyRow(logits, dLogits, offset + row * classes, first + row);
    }
    return finite;
  }

  private boolean applyRow(float[] logits, float[] dLogits, int offset, int row) {
    int label = labels[row];
    int predicted = argmax(logits, offset, classes);
    double sum = exponentials(logits, offset, classes, predicted, exponentials, row * classes);
    double shared = smoothing / classes;
    for (int c = 0; c < classes; c++) {
      double probability = exponentials[row * classes + c] / sum;
      double target = c == label ? 1 - smoothing + shared : shared;
      dLogits[offset + c] = (float) ((probability - target) / count);
    }
    losses[row] = Math.log(sum) - expected(logits, offset, label, logits[offset + predicted]);
    hits[row] = predicted == label;
    return Double.isFinite(losses[row]);
  }

  /** The mean of a row's logits, less the largest, over its target. */
  private double expected(float[] logits, int offset, int label, double maximum) {
    double own = logits[offset + label] - maximum;
    if (smoothing == 0) {
      return own;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += logits[offset + c] - maximum;
    }
    return (1 - smoothing) * own + smoothing / classes * sum;
  }

  /** Sum of the losses of the batch's rows. */
  public double lossSum() {
    double sum = 0;
    for (int row = 0; row < count; row++) {
      sum += losses[row];
    }
    return sum;
  }

  /** Rows of the batch whose largest logit is that of their label. */
  public int correct() {
    int correct = 0;
    for (int row = 0; row < count; row++) {
      correct += hits[row] ? 1 : 0;
    }
    return correct;
  }

  /**
   * The probabilities that the logits of one image stand for.
   *
   * @param logits outputs of the network for one or several images
   * @param from index of the image's first logit
   * @param classes number of classes
   * @return a new array of {@code classes} elements whose sum is 1
   */
  public static double[] softmax(float[] logits, int from, int classes) {
    double[] probabilities = new double[classes];
    int largest = argmax(logits, from, classes);
    double sum = exponentials(logits, from, classes, largest, probabilities, 0);
    for (int c = 0; c < classes; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  /** Position, counted from {@code from}, of the largest value; of equal ones, the first. */
  static int argmax(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static double exponentials(
      float[] logits, int offset, int classes, int largest, double[] target, int at) {
    double maximum = logits[offset + largest];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      target[at + c] = Math.exp(logits[offset + c] - maximum);
      sum += target[at + c];
    }
    return sum;
  }
}
