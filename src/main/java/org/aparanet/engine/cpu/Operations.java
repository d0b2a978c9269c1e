package org.aparanet.engine.cpu;

import org.aparanet.model.Network.Node;

/**
 * The arithmetic of every layer, forward and backward, on a slice of a batch: the one place where
 * faster instructions come in.
 *
 * <p>All arrays are row-major with the slice's first image at index 0. {@code parameters} and
 * {@code gradient} are the network's flat arrays; a node's tensors say which part is its own. An
 * instance may keep scratch memory, so each thread has its own.
 *
 * <p>Every image's outputs are computed in the same order whatever stands beside it in the slice.
 */
interface Operations {

  /**
   *
   *
   * <pre>
   * input [images, C, H, W], filters [F, C, filterHeight, filterWidth], bias [F]
   * output [images, F, outH, outW]
   * </pre>
   */
  void convolutionForward(Node node, int images, float[] input, float[] parameters, float[] output);

  /**
   *
   *
   * <pre>
   * dOutput [images, F, outH, outW], filters [F, C, filterHeight, filterWidth]
   * dInput [images, C, H, W]
   * </pre>
   */
  void convolutionBackwardData(
      Node node, int images, float[] dOutput, float[] parameters, float[] dInput);

  /**
   *
   *
   * <pre>
   * input [images, C, H, W], dOutput [images, F, outH, outW]
   * gradient: dFilters [F, C, filterHeight, filterWidth], dBias [F]
   * </pre>
   *
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void convolutionBackwardFilter(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate);

  /**
   *
   *
   * <pre>
   * input [images, C, H, W]
   * output [images, C, outH, outW], argmax [images, C, outH, outW]
   * </pre>
   *
   * @param argmax receives the index in {@code input} of each window's first maximum
   */
  void maxPoolForward(Node node, int images, float[] input, float[] output, int[] argmax);

  /**
   *
   *
   * <pre>
   * dOutput [images, C, outH, outW], argmax [images, C, outH, outW]
   * dInput [images, C, H, W]
   * </pre>
   */
  void maxPoolBackward(Node node, int images, float[] dOutput, int[] argmax, float[] dInput);

  /**
   *
   *
   * <pre>
   * input [images, in], weights [out, in], bias [out]
   * output [images, out]
   * </pre>
   */
  void denseForward(Node node, int images, float[] input, float[] parameters, float[] output);

  /**
   *
   *
   * <pre>
   * dOutput [images, out], weights [out, in]
   * dInput [images, in]
   * </pre>
   */
  void denseBackwardData(
      Node node, int images, float[] dOutput, float[] parameters, float[] dInput);

  /**
   *
   *
   * <pre>
   * input [images, in], dOutput [images, out]
   * gradient: dWeights [out, in], dBias [out]
   * </pre>
   *
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void denseBackwardWeights(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate);

  /** Replaces each of the first {@code count} values by max(0, value). */
  void reluForward(int count, float[] values);

  /**
   * Clears those of the first {@code count} elements of the gradient whose output is not above 0.
   *
   * @param output what {@link #reluForward} left
   * @param gradient dOutput, becomes dInput
   */
  void reluBackward(int count, float[] output, float[] gradient);

  /** Elements {@code from} to {@code to} (exclusive): sum += addend. */
  void add(int from, int to, float[] sum, float[] addend);

  /** Elements {@code from} to {@code to} (exclusive): parameters -= learningRate * gradient. */
  void update(int from, int to, float[] parameters, float[] gradient, float learningRate);
}
