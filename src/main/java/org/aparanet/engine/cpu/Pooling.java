package org.aparanet.engine.cpu;

import java.util.stream.IntStream;
import org.aparanet.model.AveragePool;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

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

  /** The windows of an average pool over planes without borders or lanes. */
  static Pooling ofPlanes(Node node) {
    boolean whole = node.layer() instanceof GlobalAveragePool;
    Shape in = node.input();
    Shape out = node.output();
    int height = whole ? in.height() : ((AveragePool) node.layer()).size();
    int width = whole ? in.width() : height;
    int stride = whole ? 1 : ((AveragePool) node.layer()).stride();
    int[] corners = new int[out.plane()];
    for (int p = 0; p < corners.length; p++) {
      corners[p] = (p / out.width() * in.width() + p % out.width()) * stride;
    }
    int[] taps = new int[height * width];
    for (int t = 0; t < taps.length; t++) {
      taps[t] = t / width * in.width() + t % width;
    }
    int[] outputs = IntStream.range(0, out.plane()).toArray();
    boolean overlap = stride < Math.max(height, width);
    return new Pooling(
        in.channels(),
        corners,
        in.plane(),
        taps,
        outputs,
        out.plane(),
        outputs,
        out.plane(),
        corners,
        in.plane(),
        taps,
        overlap);
  }

  /** Windows in all planes. */
  int windows() {
    return channels * in.length;
  }
}
