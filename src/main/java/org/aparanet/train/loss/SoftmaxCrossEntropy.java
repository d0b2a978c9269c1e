package org.aparanet.train.loss;

import java.util.Arrays;
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
 * <p>With weights of the classes, a row's loss and gradient are multiplied by that of its label,
 * and the mean is still over the number of rows, as Keras' {@code class_weight} has it; PyTorch's
 * {@code weight} divides by the sum of the batch's weights instead, so that an image counts less
 * beside others of rare classes.
 *
 * <p>The largest logit is subtracted before the exponential, so that no finite logit overflows.
 * Losses are stored by row and summed in the order of the rows, so that results are bitwise equal
 * for any division of the batch.
 */
public final class SoftmaxCrossEntropy implements LossGradient {
  /** Elements of a block, whose arrays fit into the first-level cache. */
  private static final int BLOCK = 1024;

  private final int classes;
  private final double smoothing;
  private final double[] weights;
  private final int[] labels;
  private final double[] losses;
  private final boolean[] hits;

  /** Each logit less the largest of its row. */
  private final double[] differences;

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
    this(batch, smoothing, ones(classes));
  }

  /**
   * With label smoothing and weights of the classes.
   *
   * @param weights factor of the loss of each class's rows, [classes], finite and above 0; not
   *     copied
   */
  public SoftmaxCrossEntropy(int batch, float smoothing, double[] weights) {
    classes = weights.length;
    this.smoothing = smoothing;
    this.weights = weights;
    labels = new int[batch];
    losses = new double[batch];
    hits = new boolean[batch];
    differences = new double[Math.multiplyExact(batch, classes)];
    exponentials = new double[differences.length];
  }

  private static double[] ones(int classes) {
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    return ones;
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
    int block = Math.max(1, BLOCK / classes);
    for (int done = 0; done < rows; done += block) {
      int begin = first + done;
      int end = first + Math.min(rows, done + block);
      int at = offset + done * classes;
      differences(logits, at, begin, end);
      Exponential.of(differences, exponentials, begin * classes, end * classes);
      finite &= gradients(dLogits, at, begin, end);
    }
    return finite;
  }

  private void differences(float[] logits, int offset, int begin, int end) {
    for (int row = begin; row < end; row++) {
      int from = offset + (row - begin) * classes;
      float maximum = subtractLargest(logits, from, classes, differences, row * classes);
      hits[row] = predicts(logits, from, classes, labels[row], maximum);
    }
  }

  /** Gradients and losses of some rows; whether all of the losses are finite. */
  private boolean gradients(float[] dLogits, int offset, int begin, int end) {
    double shared = smoothing / classes / count;
    double own = (1 - smoothing) / count;
    boolean finite = true;
    for (int row = begin; row < end; row++) {
      int from = row * classes;
      int to = offset + (row - begin) * classes;
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += exponentials[from + c];
      }
      int label = labels[row];
      double weight = weights[label]; // 1 changes no bit of what follows
      double scale = weight / (sum * count);
      double toEach = shared * weight;
      for (int c = 0; c < classes; c++) {
        dLogits[to + c] = (float) (exponentials[from + c] * scale - toEach);
      }
      dLogits[to + label] = (float) (exponentials[from + label] * scale - toEach - own * weight);
      losses[row] = weight * (Math.log(sum) - expected(from, label));
      finite &= Double.isFinite(losses[row]);
    }
    return finite;
  }

  /** The mean of a row's logits, less the largest, over its target. */
  private double expected(int from, int label) {
    double own = differences[from + label];
    if (smoothing == 0) {
      return own;
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += differences[from + c];
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
   * Softmax of one image's logits.
   *
   * @param logits outputs of the network for one or several images
   * @param from index of the image's first logit
   * @param classes number of classes
   * @return a new array of {@code classes} elements whose sum is 1
   */
  public static double[] softmax(float[] logits, int from, int classes) {
    double[] differences = new double[classes];
    subtractLargest(logits, from, classes, differences, 0);
    double[] probabilities = new double[classes];
    Exponential.of(differences, probabilities, 0, classes);
    double sum = 0;
    for (double exponential : probabilities) {
      sum += exponential;
    }
    for (int c = 0; c < classes; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  /** Position, counted from {@code from}, of the largest value; of equal ones, the first. */
  public static int argmax(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Whether {@link #argmax} of a row is its label. The label's logit alone mostly decides, without
   * a search of unpredictable branches.
   *
   * @param maximum the largest of the row, or not a number
   */
  private static boolean predicts(float[] logits, int from, int classes, int label, float maximum) {
    if (Float.isNaN(maximum)) {
      return argmax(logits, from, classes) == label;
    }
    if (logits[from + label] != maximum) {
      return false;
    }
    for (int c = 0; c < label; c++) {
      if (logits[from + c] == maximum) {
        return false;
      }
    }
    return true;
  }

  /**
   * Fills in a row's logits, less the largest.
   *
   * @return the largest; not a number if any of them is not
   */
  private static float subtractLargest(
      float[] logits, int from, int classes, double[] differences, int to) {
    float largest = logits[from];
    for (int c = 1; c < classes; c++) {
      largest = Math.max(largest, logits[from + c]);
    }
    double maximum = largest;
    for (int c = 0; c < classes; c++) {
      differences[to + c] = logits[from + c] - maximum;
    }
    return largest;
  }
}
