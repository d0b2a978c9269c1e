package org.aparanet.engine.cpu.vector;

import org.aparanet.model.Network.Node;

/**
 * The windows of a max-pool or an average pool. Tables are for one plane; the planes of the other
 * channels follow at the strides. Indices count floats and point at vectors.
 *
 * <p>Of a window that reaches into the padding the tables have the elements inside of the image
 * alone, so that a window may be larger than the image.
 *
 * @param channels number of planes; where lanes are channels, a plane for each vector of them
 * @param in for each window: index of its first vector
 * @param inStride from one plane of the input to the next
 * @param tap for each window, for each of its elements in row-major order: distance from the first.
 *     Windows of one size share an array; without padding all do
 * @param out for each window: index of its output
 * @param outStride from one plane of the output to the next
 * @param dOut for each window: index of its output's gradient
 * @param dOutStride from one plane of the output's gradient to the next
 * @param dIn for each window: index of the gradient of its first vector
 * @param dInStride from one plane of the input's gradient to the next
 * @param dTap as {@code tap}, for the gradient
 * @param overlap whether windows share elements, so that their gradients add up
 */
public record Pooling(
    int channels,
    int[] in,
    int inStride,
    int[][] tap,
    int[] out,
    int outStride,
    int[] dOut,
    int dOutStride,
    int[] dIn,
    int dInStride,
    int[][] dTap,
    boolean overlap) {

  /**
   * The windows of a pool over vectors.
   *
   * @param height rows of a window
   * @param width columns of a window
   * @param stride from one window to the next, both ways
   * @param padding rows and columns around the input, on each side; 0 for an average pool
   * @param lanes floats of a vector
   */
  public static Pooling of(
      Node node,
      int height,
      int width,
      int stride,
      int padding,
      LaneTensor in,
      LaneTensor out,
      int lanes) {
    LaneLayout input = in.value();
    LaneLayout output = out.value();
    LaneLayout dIn = in.gradient();
    LaneLayout dOut = out.gradient();
    Windows windows = new Windows(node, height, width, stride, padding);
    return new Pooling(
        input.channelsLast() ? input.columnStride() / lanes : node.input().channels(),
        windows.corners(input),
        vectorStride(input, lanes),
        windows.taps(input),
        output.planeIndices(),
        vectorStride(output, lanes),
        dOut == null ? null : dOut.planeIndices(),
        dOut == null ? 0 : vectorStride(dOut, lanes),
        dIn == null ? null : windows.corners(dIn),
        dIn == null ? 0 : vectorStride(dIn, lanes),
        dIn == null ? null : windows.taps(dIn),
        stride < Math.max(height, width));
  }

  /** From one vector of a position to the next: a channel's, or that of the next few channels. */
  private static int vectorStride(LaneLayout layout, int lanes) {
    return layout.channelsLast() ? lanes : layout.planeStride();
  }

  /** Windows in all planes. */
  public int windows() {
    return channels * in.length;
  }
}
