package org.aparanet.engine.cpu;

/**
 * The windows of a max-pool. Tables are for one plane; the planes of the other channels follow at
 * the strides. Indices count floats and point at vectors.
 *
 * @param channels number of planes; where lanes are channels, a plane for each vector of them
 * @param in for each window: index of its first vector
 * @param inStride from one plane of the input to the next
 * @param tap for each element of a window, in row-major order: distance from the first
 * @param out for each window: index of its output
 * @param outStride from one plane of the output to the next
 * @param dOut for each window: index of its output's gradient
 * @param dOutStride from one plane of the output's gradient to the next
 * @param dIn for each window: index of the gradient of its first vector
 * @param dInStride from one plane of the input's gradient to the next
 * @param dTap for each element of a window: distance of its gradient from there
 * @param overlap whether windows share elements, so that their gradients add up
 */
record Pooling(
    int channels,
    int[] in,
    int inStride,
    int[] tap,
    int[] out,
    int outStride,
    int[] dOut,
    int dOutStride,
    int[] dIn,
    int dInStride,
    int[] dTap,
    boolean overlap) {

  /** Windows in all planes. */
  int windows() {
    return channels * in.length;
  }
}
