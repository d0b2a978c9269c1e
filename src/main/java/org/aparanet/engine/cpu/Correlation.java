package org.aparanet.engine.cpu;

/**
 * A convolution, or the gradient of one's input, as sums of products over taps: the same arithmetic
 * with other tables.
 *
 * <p>Indices into the memory count floats and point at vectors.
 *
 * @param outputs number of output channels M
 * @param in for each position p: index of the vector from which taps are counted
 * @param tap for each tap k: distance of its vector from there
 * @param out for each position p: index of the first output channel's vector
 * @param outStride from one output channel's vector to the next
 * @param weight index of the first weight
 * @param weightStride from one output channel's weights to the next
 * @param weightTap for each tap k: distance of its weight from the first
 * @param bias index of the first bias; -1 without bias
 */
record Correlation(
    int outputs,
    int[] in,
    int[] tap,
    int[] out,
    int outStride,
    int weight,
    int weightStride,
    int[] weightTap,
    int bias) {

  /** The same correlation at some of its positions. */
  Correlation at(int[] positions) {
    int[] someIn = new int[positions.length];
    int[] someOut = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      someIn[i] = in[positions[i]];
      someOut[i] = out[positions[i]];
    }
    return new Correlation(
        outputs, someIn, tap, someOut, outStride, weight, weightStride, weightTap, bias);
  }

  /** The same sums, put elsewhere. */
  Correlation into(int[] otherOut, int otherOutStride) {
    return new Correlation(
        outputs, in, tap, otherOut, otherOutStride, weight, weightStride, weightTap, bias);
  }

  /** The same correlation with some of its taps. */
  Correlation with(int[] taps) {
    int[] someTap = new int[taps.length];
    int[] someWeightTap = new int[taps.length];
    for (int i = 0; i < taps.length; i++) {
      someTap[i] = tap[taps[i]];
      someWeightTap[i] = weightTap[taps[i]];
    }
    return new Correlation(
        outputs, in, someTap, out, outStride, weight, weightStride, someWeightTap, bias);
  }
}
