package org.aparanet.engine.cpu.vector;

import org.aparanet.model.Network.Node;

/**
 * The windows of a max-pool or an average pool. Tables are for one plane; the planes of the other
 * channels follow at the strides. Indices count floats and point at vectors.
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
public record Pooling(
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

  /**
   * The windows of a pool over vectors.
   *
   * @param height rows of a window
   * @param width columns of a window
   * @param stride from one window to the next, both ways
   * @param lanes floats of a vector
   */
  public static Pooling of(
      Node node, int height, int width, int stride, LaneTensor in, LaneTensor out, int lanes) {
    LaneLayout input = in.value();
    LaneLayout output = out.value();
    LaneLayout dIn = in.gradient();
    LaneLayout dOut = out.gradient();
    return new Pooling(
        input.channelsLast() ? input.columnStride() / lanes : node.input().channels(),
        corners(node, stride, input),
        vectorStride(input, lanes),
        window(height, width, input),
        output.planeIndices(),
        vectorStride(output, lanes),
        dOut == null ? null : dOut.planeIndices(),
        dOut == null ? 0 : vectorStride(dOut, lanes),
        dIn == null ? null : corners(node, stride, dIn),
        dIn == null ? 0 : vectorStride(dIn, lanes),
        dIn == null ? null : window(height, width, dIn),
        stride < Math.max(height, width));
  }

  /** From one vector of a position to the next: a channel's, or that of the next few channels. */
  private static int vectorStride(LaneLayout layout, int lanes) {
    return layout.channelsLast() ? lanes : layout.planeStride();
  }

  private static int[] corners(Node node, int stride, LaneLayout layout) {
    int[] corners = new int[node.output().plane()];
    for (int p = 0; p < corners.length; p++) {
      int y = p / node.output().width() * stride;
      int x = p % node.output().width() * stride;
      corners[p] = layout.index(0, y, x);
    }
    return corners;
  }

  private static int[] window(int height, int width, LaneLayout layout) {
    int[] window = new int[height * width];
    for (int t = 0; t < window.length; t++) {
      window[t] = layout.index(0, t / width, t % width) - layout.index(0, 0, 0);
    }
    return window;
  }

  /** Windows in all planes. */
  public int windows() {
    return channels * in.length;
  }
}
