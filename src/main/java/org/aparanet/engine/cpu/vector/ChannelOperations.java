package org.aparanet.engine.cpu.vector;

import org.aparanet.engine.cpu.slice.ParameterOrder;

/**
 * Arithmetic on vectors whose lanes are neighbouring channels of one image, for batches too small
 * to fill vectors with images.
 *
 * <p>{@code memory} holds tensors as [rows, columns, depth], where the depth is the number of
 * channels rounded up to whole vectors; {@code weights} have the layout of {@link ParameterOrder}.
 * Elements past the last channel are zero and stay so. Operations that do not mix lanes, like
 * max-pool, are in {@link LaneOperations}.
 *
 * <p>Several threads may call {@link #correlate} and {@link #dense} at the same time, with outputs
 * of their own; the gradients are one thread's.
 */
public interface ChannelOperations {

  /**
   * Sums of products over taps, for each position p and output channel m.
   *
   * <pre>
   * memory[out[p] + m] = bias[m] + sum over k of memory[in[p] + tap[k]] * weights[k * depth + m]
   * </pre>
   *
   * @param weight index of the first weight
   * @param bias index of the first bias; -1 without bias
   */
  void correlate(Correlation c, float[] weights, int weight, int bias, float[] memory);

  /**
   * Gradient of {@link #correlate} with respect to its weights and bias.
   *
   * <pre>
   * gradient[k * depth + m] (+)= sum over p of memory[in[p] + tap[k]] * memory[dOut[p] + m]
   * gradient[bias + m]      (+)= sum over p of memory[dOut[p] + m]
   * </pre>
   *
   * @param dOut offset of the gradient of each position's first output channel
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void correlateGradient(
      Correlation c,
      int[] dOut,
      float[] memory,
      float[] gradient,
      int weight,
      int bias,
      boolean accumulate);

  /**
   * Dense layer.
   *
   * <pre>
   * input: memory[in + i], weights[weight + o * inputs + i], bias weights[bias + o]
   * output: memory[out + o]
   * </pre>
   *
   * @param inputs length of a row of weights: whole vectors
   * @param scratch {@link #denseScratch} floats of the calling thread: several may share a layer
   */
  void dense(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      int bias,
      float[] memory,
      int in,
      int out,
      float[] scratch);

  /** Floats of scratch of {@link #dense}. */
  int denseScratch();

  /**
   * Gradients of a dense layer's input, weights and bias.
   *
   * <pre>
   * memory[dIn + i] = sum over o of weights[weight + o * inputs + i] * memory[dOut + o]
   * gradient[weight + o * inputs + i] += memory[dOut + o] * memory[in + i]
   * gradient[bias + o]                += memory[dOut + o]
   * </pre>
   */
  void denseBackward(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      float[] memory,
      int in,
      int dOut,
      int dIn,
      float[] gradient,
      int bias);

  /**
   * {@link #denseBackward} for a gradient that was zero, with the update of weights and bias in the
   * same pass over the weights.
   *
   * <pre>
   * weights -= learningRate * gradient
   * </pre>
   */
  void denseStep(
      int inputs,
      int outputs,
      float[] weights,
      int weight,
      float[] memory,
      int in,
      int dOut,
      int dIn,
      float[] gradient,
      int bias,
      float learningRate);

  /**
   * Zeroes the gradient where the output is not above 0.
   *
   * @param depth floats of a position: whole vectors
   * @param output offset of each position's output
   * @param gradient offset of each position's gradient
   */
  void reluBackward(int depth, int[] output, int[] gradient, float[] memory);
}
