package org.aparanet.inspect;

import java.util.List;

/** How one value of a layer's output comes from values of its input. */
public sealed interface Explanation {

  /** {@return the value of the output} */
  double value();

  /** {@return the values of the input that it comes from} */
  List<Element> from();

  /**
   * A weighted sum, of a convolution or a dense layer: {@code bias + sum of from[i] * weights[i]}.
   *
   * @param from the patch under the filter, or all features; channel by channel, row by row, with
   *     padding
   * @param weights one for each
   * @param bias 0 where the layer has none
   * @param value of the output
   */
  record WeightedSum(List<Element> from, double[] weights, double bias, double value)
      implements Explanation {

    /**
     * {@return the product of an element with its weight}
     *
     * @param index of the element in {@link #from}
     */
    public double product(int index) {
      return from.get(index).value() * weights[index];
    }
  }

  /**
   * The largest element of a window, of a max-pool.
   *
   * @param from the window without padding, row by row
   * @param winner index of the largest in {@code from}; of several the first
   * @param value of the output
   */
  record Largest(List<Element> from, int winner, double value) implements Explanation {}

  /**
   * The mean of a window, of an average pool.
   *
   * @param from the window, row by row
   * @param value of the output
   */
  record Mean(List<Element> from, double value) implements Explanation {}

  /**
   * An element that passes if it is positive, and is multiplied by a slope if it is not: a ReLU or
   * a leaky one.
   *
   * @param from the element
   * @param slope 0 for a ReLU
   * @param value of the output
   */
  record Rectified(List<Element> from, double slope, double value) implements Explanation {}

  /**
   * An element normalised by the statistics of training: {@code (x - mean) / sqrt(variance +
   * epsilon) * weight + bias}.
   *
   * @param from the element x
   * @param mean running mean of the channel
   * @param variance running variance of the channel
   * @param weight learned factor
   * @param bias learned addend
   * @param value of the output
   */
  record Normalized(
      List<Element> from, double mean, double variance, double weight, double bias, double value)
      implements Explanation {}

  /**
   * The sum of a branch and of what goes around it, of a residual sum.
   *
   * @param from the element of the branch, and that at the branch's start
   * @param value of the output
   */
  record Sum(List<Element> from, double value) implements Explanation {}

  /**
   * The element itself: dropout leaves nothing out in inference, and a shortcut leads back to it.
   *
   * @param from the element
   * @param value of the output
   */
  record Unchanged(List<Element> from, double value) implements Explanation {}
}
