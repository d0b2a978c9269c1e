package org.aparanet.engine.cpu.vector;

/**
 * Arithmetic on vectors whose lanes are the images of a slice: lane n of every vector belongs to
 * image n, so that an operation on a vector is the same operation on all images, whatever the
 * layer's shape, stride or padding.
 *
 * <p>{@code memory} holds tensors as vectors of {@link #lanes()} floats; indices into it count
 * floats. Lanes without an image hold zeros.
 */
public interface LaneOperations {

  /** Images of a vector. */
  int lanes();

  /** Outputs of the widest panel, see {@link Panels}: 4 or 6. */
  int widestPanel();

  /** Name for the user, such as {@code 512-bit vectors}. */
  String name();

  /**
   * Sums of products over taps, for each output channel m and position p.
   *
   * <pre>
   * memory[out[p] + m * outStride] =
   *     bias[m] + sum over k of weight[m, k] * memory[in[p] + tap[k]]
   * </pre>
   *
   * @param from first position to compute
   * @param to first position behind those
   * @param panels holds weights and biases, see {@link Panels}
   * @param relu whether negative sums become 0
   */
  void correlate(Correlation c, int from, int to, float[] panels, float[] memory, boolean relu);

  /**
   * Gradient of {@link #correlate} with respect to its weights and bias.
   *
   * <pre>
   * gradient[weight(m, k)] (+)= sum over p and lanes of d[dOut[p] + m * dOutStride] * memory[in[p] + tap[k]]
   * gradient[bias(m)]      (+)= sum over p and lanes of d[dOut[p] + m * dOutStride]
   * </pre>
   *
   * @param dOut offset of the gradient of each position's first output channel
   * @param dOutStride from one output channel to the next
   * @param from first output channel whose gradients are computed
   * @param to first output channel behind those
   * @param d holds the gradient of the outputs; may be the memory
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void correlateGradient(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] memory,
      float[] d,
      float[] gradient,
      boolean accumulate);

  /**
   * Gradient of {@link #correlate} with respect to its weights, as {@link #correlateGradient}, by a
   * product of matrices.
   *
   * @param memory holds inputs and gradients of the outputs
   * @param scratch {@link PatchGradient#scratch} floats
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void patchGradient(
      PatchGradient g, float[] memory, float[] scratch, float[] gradient, boolean accumulate);

  /**
   * Gradient of {@link #correlate} with respect to its bias alone, if it has one: for output
   * channels {@code from} to {@code to} (exclusive).
   */
  void biasGradient(
      Correlation c,
      int[] dOut,
      int dOutStride,
      int from,
      int to,
      float[] d,
      float[] gradient,
      boolean accumulate);

  /**
   * Dense layer.
   *
   * <pre>
   * input: memory[in + i * lanes], weights[weight + i * depth + o], bias weights[bias + o]
   * output: memory[out + o * lanes]
   * </pre>
   *
   * The depth is the number of outputs rounded up to whole vectors.
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
      boolean relu);

  /**
   * Gradient of a dense layer's input.
   *
   * <pre>
   * memory[dIn[i]] = sum over o of weights[weight + i * depth + o] * memory[dOut + o * lanes]
   * </pre>
   */
  void denseBackwardData(
      int outputs, float[] weights, int weight, float[] memory, int dOut, int[] dIn);

  /**
   * Gradient of a dense layer's weights and bias.
   *
   * <pre>
   * gradient[weight + i * depth + o] (+)= sum over n of memory[in + i * lanes + n] * memory[dOut + o * lanes + n]
   * gradient[bias + o]               (+)= sum over n of memory[dOut + o * lanes + n]
   * </pre>
   *
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void denseBackwardWeights(
      int inputs,
      int outputs,
      float[] memory,
      int in,
      int dOut,
      float[] gradient,
      int weight,
      int bias,
      boolean accumulate);

  /**
   * Max-pool of planes {@code from} to {@code to} (exclusive).
   *
   * @param argmax receives, window after window, the number of its first maximum's tap; a vector
   *     each
   */
  void maxPool(Pooling p, int from, int to, float[] memory, float[] argmax);

  /** Max-pool as {@link #maxPool}, for inference: without the positions of the maxima. */
  void maxima(Pooling p, int from, int to, float[] memory);

  /** As {@link #correlateAndPool}, for inference: without the positions of the maxima. */
  void correlateAndTakeMaxima(
      Correlation c, Pooling p, int from, int to, float[] panels, float[] memory);

  /**
   * {@link #correlate}, and a max-pool of its outputs in windows of four, while they are in the
   * first-level cache.
   *
   * @param c its positions four by four, as they form windows; its outputs are not kept
   * @param p where the maxima go
   * @param from first window to compute
   * @param to first window behind those
   * @param argmax receives, window after window, the number of its first maximum; a vector each
   */
  void correlateAndPool(
      Correlation c, Pooling p, int from, int to, float[] panels, float[] memory, float[] argmax);

  /**
   * Floats of scratch that the gradient of a convolution's filters makes in its first call.
   *
   * @param pooled whether by {@link #correlateAndPoolGradient}, rather than {@link
   *     #correlateGradient}
   */
  int gradientScratch(Correlation c, boolean pooled);

  /**
   * Gradient of {@link #correlateAndPool} with respect to weights and bias.
   *
   * @param from first output channel whose gradients are computed
   * @param to first output channel behind those
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void correlateAndPoolGradient(
      Correlation c,
      Pooling p,
      int from,
      int to,
      float[] memory,
      float[] argmax,
      float[] gradient,
      boolean accumulate);

  /**
   * Gives each window's gradient to its first maximum, in planes {@code from} to {@code to}
   * (exclusive); elements of no window are left alone.
   */
  void maxPoolBackward(Pooling p, int from, int to, float[] memory, float[] argmax);

  /** Replaces {@code count} floats from {@code at} by max(0, value). */
  void relu(int count, float[] memory, int at);
}
