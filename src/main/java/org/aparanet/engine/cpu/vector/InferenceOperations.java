package org.aparanet.engine.cpu.vector;

/**
 * Arithmetic of inference on vectors whose lanes are neighbouring channels of one image, with
 * filters and weights laid out for it alone.
 */
public interface InferenceOperations {

  /**
   * Convolution of a block of tiles, with its bias.
   *
   * @param block number of the block
   * @param filters transformed, [16, inputs, outputs padded to whole vectors]
   * @param parameters holds the bias
   * @param scratch {@link ChannelTiles#scratch} floats
   */
  void convolve(
      ChannelTiles w,
      int block,
      float[] filters,
      float[] parameters,
      float[] memory,
      float[] scratch);

  /**
   * Some outputs of a dense layer.
   *
   * <pre>
   * memory[out + o] = parameters[bias + o] + sum over i of memory[in + i] * weights[i * depth + o]
   * </pre>
   *
   * @param inputs number of inputs
   * @param depth outputs padded to whole vectors, at least {@link #LEAST_VECTORS}
   * @param first the first output, that of a whole vector
   * @param vectors of outputs, at least {@link #LEAST_VECTORS}
   */
  void dense(
      int inputs,
      int depth,
      int first,
      int vectors,
      float[] weights,
      float[] parameters,
      int bias,
      float[] memory,
      int in,
      int out);

  /** The fewest vectors of outputs that a dense layer is divided into. */
  int LEAST_VECTORS = 4;
}
