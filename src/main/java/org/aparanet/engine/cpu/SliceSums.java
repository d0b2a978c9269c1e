package org.aparanet.engine.cpu;

import java.util.Arrays;
import org.aparanet.model.Network.Node;

/** What a slice contributes to the statistics and to the sums of gradients. */
final class SliceSums {
  private final float[] center; // what the squares are of distances from
  private final double[] mean;
  private final double[] squares;
  private final double[] dSums;
  private final double[] dProducts;
  private double values;

  SliceSums(Node node) {
    int channels = node.input().channels();
    center = new float[channels];
    mean = new double[channels];
    squares = new double[channels];
    dSums = new double[channels];
    dProducts = new double[channels];
  }

  /** Adds up each channel. */
  @FunctionalInterface
  interface Sum {
    void into(double[] sums);
  }

  /** Adds up the squares of each channel's distances from a center. */
  @FunctionalInterface
  interface Squares {
    void into(float[] center, double[] sums);
  }

  /**
   * Measures the input.
   *
   * @param count values of a channel
   */
  void measure(double count, Sum sum, Squares square) {
    values = count;
    Arrays.fill(mean, 0);
    sum.into(mean);
    for (int c = 0; c < center.length; c++) {
      center[c] = (float) (mean[c] / count);
    }
    Arrays.fill(squares, 0);
    square.into(center, squares);
    for (int c = 0; c < center.length; c++) {
      double exact = mean[c] / count;
      double off = exact - center[c]; // the center is rounded
      squares[c] = Math.max(0, squares[c] - off * off * count);
      mean[c] = exact;
    }
  }

  /** Where the sums of gradients go, cleared. */
  double[] clearedSums() {
    Arrays.fill(dSums, 0);
    return dSums;
  }

  /** Where the sums of gradients times distances from the mean go, cleared. */
  double[] clearedProducts() {
    Arrays.fill(dProducts, 0);
    return dProducts;
  }

  /** Values of a channel. */
  double values() {
    return values;
  }

  /** Mean of a channel. */
  double mean(int c) {
    return mean[c];
  }

  /** Sum of squared distances from the mean. */
  double squares(int c) {
    return squares[c];
  }

  /** Sum of a channel's gradients. */
  double dSum(int c) {
    return dSums[c];
  }

  /** Sum of a channel's gradients times distances from the batch's mean. */
  double dProduct(int c) {
    return dProducts[c];
  }
}
