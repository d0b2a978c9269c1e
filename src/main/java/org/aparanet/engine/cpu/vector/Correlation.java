package org.aparanet.engine.cpu.vector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Tables of a convolution, or of the gradient of its input, as sums of products over taps: the same
 * arithmetic with other tables.
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
public record Correlation(
    int outputs,
    int[] in,
    int[] tap,
    int[] out,
    int outStride,
    int weight,
    int weightStride,
    int[] weightTap,
    int bias) {

  /** Tables of a convolution's outputs. */
  public static Correlation forward(
      Node node, Convolution layer, LaneLayout input, LaneLayout output) {
    int taps = node.input().channels() * layer.filterHeight() * layer.filterWidth();
    int[] tap = new int[taps];
    int[] weightTap = new int[taps];
    for (int k = 0; k < taps; k++) {
      int x = k % layer.filterWidth();
      int y = k / layer.filterWidth() % layer.filterHeight();
      int c = k / layer.filterWidth() / layer.filterHeight();
      tap[k] = input.index(c, y, x) - input.at();
      weightTap[k] = k;
    }
    // taps count from the border's inner corner, positions from the padding's outer one
    int corner = layer.padding() * (input.rowStride() + input.columnStride());
    int[] in = new int[node.output().plane()];
    for (int p = 0; p < in.length; p++) {
      int y = p / node.output().width() * layer.stride();
      int x = p % node.output().width() * layer.stride();
      in[p] = input.at() - corner + y * input.rowStride() + x * input.columnStride();
    }
    return new Correlation(
        node.output().channels(),
        in,
        tap,
        output.planeIndices(),
        output.planeStride(),
        node.tensors().get(0).offset(),
        taps,
        weightTap,
        layer.bias() ? node.tensors().get(1).offset() : -1);
  }

  /**
   * Tables of the gradient of a convolution's input.
   *
   * <pre>
   * dIn[c, y, x] =
   *     sum over f, i, j of spread dOut[f, y + padding - i, x + padding - j] * w[f, c, i, j]
   * </pre>
   */
  public static Correlation backward(
      Node node, Convolution layer, LaneLayout dOut, LaneLayout dIn) {
    int area = layer.filterHeight() * layer.filterWidth();
    int[] tap = new int[layer.filters() * area];
    int[] weightTap = new int[tap.length];
    for (int k = 0; k < tap.length; k++) {
      int x = k % layer.filterWidth();
      int y = k / layer.filterWidth() % layer.filterHeight();
      int f = k / area;
      tap[k] = f * dOut.planeStride() - y * dOut.rowStride() - x * dOut.columnStride();
      weightTap[k] = f * node.input().channels() * area + y * layer.filterWidth() + x;
    }
    int[] in = new int[node.input().plane()];
    for (int p = 0; p < in.length; p++) {
      int y = p / node.input().width() + layer.padding();
      int x = p % node.input().width() + layer.padding();
      in[p] = dOut.index(0, 0, 0) + y * dOut.rowStride() + x * dOut.columnStride();
    }
    return new Correlation(
        node.input().channels(),
        in,
        tap,
        dIn.planeIndices(),
        dIn.planeStride(),
        node.tensors().get(0).offset(),
        area,
        weightTap,
        -1);
  }

  /**
   * Tables of {@link #backward}, divided into rows of the input with the same rows of filters:
   * without the taps on zeros above and below the output's gradient and between its rows.
   */
  public static List<Correlation> backwardRows(
      Node node, Convolution layer, LaneLayout dOut, LaneLayout dIn) {
    Correlation all = backward(node, layer, dOut, dIn);
    int width = node.input().width();
    Map<List<Integer>, List<Integer>> rowsByTaps = new LinkedHashMap<>();
    for (int y = 0; y < node.input().height(); y++) {
      List<Integer> taps = new ArrayList<>();
      for (int k = 0; k < all.tap.length; k++) {
        int row = y + layer.padding() - k / layer.filterWidth() % layer.filterHeight();
        int last = (node.output().height() - 1) * layer.stride();
        if (row >= 0 && row <= last && row % layer.stride() == 0) {
          taps.add(k);
        }
      }
      rowsByTaps.computeIfAbsent(taps, t -> new ArrayList<>()).add(y);
    }
    List<Correlation> rows = new ArrayList<>();
    rowsByTaps.forEach(
        (taps, ys) -> {
          int[] positions =
              ys.stream().flatMapToInt(y -> IntStream.range(y * width, (y + 1) * width)).toArray();
          rows.add(all.at(positions).with(taps.stream().mapToInt(k -> k).toArray()));
        });
    return rows;
  }

  /** The same correlation at some of its positions. */
  public Correlation at(int[] positions) {
    int[] someIn = new int[positions.length];
    int[] someOut = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      someIn[i] = in[positions[i]];
      someOut[i] = out[positions[i]];
    }
    return new Correlation(
        outputs, someIn, tap, someOut, outStride, weight, weightStride, weightTap, bias);
  }

  /** The same correlation with other offsets of the outputs. */
  public Correlation into(int[] otherOut, int otherOutStride) {
    return new Correlation(
        outputs, in, tap, otherOut, otherOutStride, weight, weightStride, weightTap, bias);
  }

  /** The same correlation with some of its taps. */
  public Correlation with(int[] taps) {
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
