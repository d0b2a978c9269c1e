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
   * Tables of {@link #backward}, divided into positions of the input with the same taps: without
   * those on zeros above and below the output's gradient and between its rows and columns.
   */
  public static List<Correlation> backwardParts(
      Node node, Convolution layer, LaneLayout dOut, LaneLayout dIn) {
    Correlation all = backward(node, layer, dOut, dIn);
    int width = node.input().width();
    Map<List<Integer>, List<Integer>> positionsByTaps = new LinkedHashMap<>();
    for (int y = 0; y < node.input().height(); y++) {
      int lowest = y + layer.padding();
      for (int column = 0; column < Math.min(layer.stride(), width); column++) {
        int rightmost = column + layer.padding();
        List<Integer> taps =
            IntStream.range(0, all.tap.length)
                .filter(k -> onGradient(node, layer, lowest, k))
                .filter(k -> (rightmost - k % layer.filterWidth()) % layer.stride() == 0)
                .boxed()
                .toList();
        List<Integer> positions = positionsByTaps.computeIfAbsent(taps, t -> new ArrayList<>());
        for (int x = column; x < width; x += layer.stride()) {
          positions.add(y * width + x);
        }
      }
    }
    List<Correlation> parts = new ArrayList<>();
    positionsByTaps.forEach(
        (taps, positions) ->
            parts.add(
                all.at(positions.stream().mapToInt(p -> p).toArray())
                    .with(taps.stream().mapToInt(k -> k).toArray())));
    return parts;
  }

  /**
   * Whether a tap of {@link #backward} falls on a row of the output's gradient.
   *
   * @param lowest row of the spread gradient that the first row of filters falls on
   */
  private static boolean onGradient(Node node, Convolution layer, int lowest, int tap) {
    int row = lowest - tap / layer.filterWidth() % layer.filterHeight();
    int last = (node.output().height() - 1) * layer.stride();
    return row >= 0 && row <= last && row % layer.stride() == 0;
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
