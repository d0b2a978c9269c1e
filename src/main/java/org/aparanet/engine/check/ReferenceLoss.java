package org.aparanet.engine.check;

import java.util.Arrays;
import org.aparanet.engine.LossGradient;

/**
 * Softmax cross-entropy in double precision for one step; keeps what the engine hands over.
 *
 * <p>Rows may come in any pieces and from several threads; every row has places of its own.
 */
public final class ReferenceLoss implements LossGradient {
  private final int[] labels;
  private final int classes;
  private final float[] logits;
  private final double[] losses;
  private final int[] calls;

  /**
   * A reference for a batch.
   *
   * @param labels class of each row of the batch
   * @param classes how many there are
   */
  public ReferenceLoss(int[] labels, int classes) {
    this.labels = labels;
    this.classes = classes;
    logits = new float[labels.length * classes];
    losses = new double[labels.length];
    calls = new int[labels.length];
  }

  @Override
  public boolean apply(float[] outputs, float[] dLogits, int offset, int first, int rows) {
    for (int row = first; row < first + rows; row++) {
      int from = offset + (row - first) * classes;
      System.arraycopy(outputs, from, logits, row * classes, classes);
      double[] values = new double[classes];
      for (int c = 0; c < classes; c++) {
        values[c] = outputs[from + c];
      }
      double[] probabilities = ReferenceNetwork.softmax(values);
      for (int c = 0; c < classes; c++) {
        double target = c == labels[row] ? 1 : 0;
        dLogits[from + c] = (float) ((probabilities[c] - target) / labels.length);
      }
      losses[row] = -Math.log(probabilities[labels[row]]);
      calls[row]++;
    }
    return true;
  }

  /** {@return the mean over the batch} */
  public double loss() {
    return Arrays.stream(losses).sum() / losses.length;
  }

  /** {@return the logits that the engine handed over, [rows, classes]} */
  public float[] logits() {
    return logits;
  }

  /** {@return how often each row was handed over} */
  public int[] calls() {
    return calls;
  }
}
