package org.aparanet.engine.cpu.slice;

import java.util.Arrays;
import org.aparanet.model.Network.Node;

/** A slice's part of the statistics and of the sums of gradients of a batch normalisation. */
public final class SliceSums {
  private final float[] center; // of the squared distances
  private final double[] mean;
  private final double[] squares;
  private final double[] dSums;
  private final double[] dProducts;
  private double values;

  public SliceSums(Node node) {
    int channels = node.input().channels();
    center = new float[channels];
    mean = new double[channels];
    squares = new double[channels];
    dSums = new double[channels];
    dProducts = new double[channels];
  }

  /** Adds up each channel. */
  @FunctionalInterface
  public interface Sum {
    void into(double[] sums);
  }

  /** Adds up the squares of each channel's distances from a center. */
  @FunctionalInterface
  public interface Squares {
    void into(float[] center, double[] sums);
  }

  /**
   * Measures channels {@code from} to {@code to} (exclusive) of the input.
   *
   * @param count values of a channel
   */
  public void measure(double count, int from, int to, Sum sum, Squares square) {
    values = count;
    Arrays.fill(mean, from, to, 0);
    sum.into(mean);
    for (int c = from; c < to; c++) {
      center[c] = (float) (mean[c] / count);
    }
    Arrays.fill(squares, from, to, 0);
    square.into(center, squares);
    for (int c = from; c < to; c++) {
      double exact = mean[c] / count;
      double off = exact - center[c]; // the center is rounded
      squares[c] = Math.max(0, squares[c] - off * off * count);
      mean[c] = exact;
    }
  }

  /** Zeroes the sums of gradients of channels {@code from} to {@code to} (exclusive). */
  public void clearGradients(int from, int to) {
    Arrays.fill(dSums, from, to, 0);
    Arrays.fill(dProducts, from, to, 0);
  }

  /** Array of the sums of gradients [C]. */
  public double[] dSums() {
    return dSums;
  }

  /** Array of the sums of gradients times distances from the mean [C]. */
  public double[] dProducts() {
    return dProducts;
  }

  /** Values of a channel. */
  public double values() {
    return values;
  }

  /** Mean of a channel. */
  public double mean(int c) {
    return mean[c];
  }

  /** Sum of squared distances from the mean. */
  public double squares(int c) {
    return squares[c];
  }

  /** Sum of a channel's gradients. */
  public double dSum(int c) {
    return dSums[c];
  }

  /** Sum of a channel's gradients times distances from the batch's mean. */
  public double dProduct(int c) {
    return dProducts[c];
  }
}
