package org.aparanet.engine.cpu.vector;

import java.util.List;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Tables of a convolution of stride 1 with 3x3 filters, or of the gradient of its input, by
 * Winograd's minimal filtering F(2x2, 3x3): a tile of 2x2 outputs takes 16 multiplications for each
 * pair of channels where the definition has 36.
 *
 * <pre>
 * patch d: 4x4 inputs of a channel     filter g: 3x3     tile y: 2x2 outputs of a channel
 *
 * y = A'[ sum over input channels of (G g G') * (B' d B) ]A     (' transposes, * is element by element)
 *
 *      |1  0 -1  0|       | 1    0    0 |
 * B' = |0  1  1  0|   G = |1/2  1/2  1/2|   A' = |1  1  1  0|
 *      |0 -1  1  0|       |1/2 -1/2  1/2|        |0  1 -1  1|
 *      |0 -1  0  1|       | 0    0    1 |
 * </pre>
 *
 * <p>The sums over channels are, for each of the 16 places of a patch, a {@link Correlation} with
 * one tap for each channel. Tiles are processed in blocks of {@link #BLOCK}, whose transformed
 * patches and sums stay in the cache. Where the outputs have an odd number of rows or columns, the
 * last tile overlaps the one before.
 *
 * <p>The gradient of the input is a convolution of the output's gradient with the filters turned by
 * 180 degrees, inputs and outputs exchanged. A turned filter transforms to the transformed filter
 * with the first and the last row and column exchanged: both directions share one transformation.
 *
 * <p>Source: A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks, 2015,
 * arXiv:1509.09308 (with the last row of B' and the last column of A' negated).
 *
 * @param inputs number of input channels
 * @param outputs number of output channels
 * @param in for each tile, the last one repeated to fill a block: index of the first input
 *     channel's patch, its top left vector
 * @param inStride from one input channel to the next
 * @param inRow from one row of the input to the next
 * @param out for each of these tiles: index of the first output channel's tile, its top left vector
 * @param outStride from one output channel to the next
 * @param below for each tile: from a row of the output to the next; 0 where the next tile, which
 *     overlaps this one, has that row
 * @param right for each tile: from a column of the output to the next, likewise
 * @param bias index of the first bias; -1 without bias
 * @param patches offset of the transformed patches of a block: for each place of a patch [inputs,
 *     BLOCK] vectors, {@link #placeStride} apart
 * @param sums offset of the sums over channels: for each place of a patch [outputs, BLOCK] vectors
 * @param products for each place of a patch: the sums over channels, with transformed filters as
 *     weights
 */
public record Winograd(
    int inputs,
    int outputs,
    int[] in,
    int inStride,
    int inRow,
    int[] out,
    int outStride,
    int[] below,
    int[] right,
    int bias,
    int patches,
    int sums,
    List<Correlation> products) {

  /** Tiles of a block. */
  public static final int BLOCK = 4;

  /** Places of a patch of 4x4. */
  public static final int PLACES = 16;

  /** Fewest channels on either side; with less, the transformations cost more than they save. */
  private static final int FEWEST_CHANNELS = 8;

  /** Whether a layer is computed by this algorithm. */
  public static boolean suits(Node node, Convolution layer) {
    return layer.filterHeight() == 3
        && layer.filterWidth() == 3
        && layer.stride() == 1
        && node.input().channels() >= FEWEST_CHANNELS
        && layer.filters() >= FEWEST_CHANNELS
        && Math.min(node.output().height(), node.output().width()) >= 2
        && Math.min(node.input().height(), node.input().width()) >= 2;
  }

  /**
   * @param scratch offset in the memory of {@link #scratch} floats
   */
  public static Winograd forward(
      Node node, Convolution layer, LaneLayout input, LaneLayout output, int scratch) {
    int inputs = node.input().channels();
    return of(
        input,
        layer.padding(),
        output,
        layer.bias() ? node.tensors().get(1).offset() : -1,
        scratch,
        products(inputs, layer.filters(), inputs, 1, false, scratch, output.columnStride()));
  }

  /** Gradient of the input. */
  public static Winograd backward(
      Node node, Convolution layer, LaneLayout dOutput, LaneLayout dInput, int scratch) {
    int outputs = node.input().channels();
    return of(
        dOutput,
        2 - layer.padding(),
        dInput,
        -1,
        scratch,
        products(layer.filters(), outputs, 1, outputs, true, scratch, dInput.columnStride()));
  }

  private static Winograd of(
      LaneLayout input,
      int padding,
      LaneLayout output,
      int bias,
      int scratch,
      List<Correlation> products) {
    int height = output.shape().height();
    int width = output.shape().width();
    int columns = (width + 1) / 2;
    int tiles = (height + 1) / 2 * columns;
    int[] in = new int[(tiles + BLOCK - 1) / BLOCK * BLOCK];
    int[] out = new int[in.length];
    int[] below = new int[in.length];
    int[] right = new int[in.length];
    int rowStep = output.spread() * output.rowStride();
    int columnStep = output.spread() * output.columnStride();
    for (int t = 0; t < in.length; t++) {
      int tile = Math.min(t, tiles - 1);
      int top = tile / columns * 2;
      int left = tile % columns * 2;
      int y = Math.min(top, height - 2);
      int x = Math.min(left, width - 2);
      // each output has one tile that writes it, so that tiles may be computed in any order
      below[t] = top == height - 3 ? 0 : rowStep;
      right[t] = left == width - 3 ? 0 : columnStep;
      in[t] = input.index(0, y - padding, x - padding);
      out[t] = output.index(0, y, x);
    }
    return new Winograd(
        input.shape().channels(),
        output.shape().channels(),
        in,
        input.planeStride(),
        input.rowStride(),
        out,
        output.planeStride(),
        below,
        right,
        bias,
        scratch,
        scratch + PLACES * placeStride(input.shape().channels(), input.columnStride()),
        products);
  }

  /**
   * @param outputStep from one output's transformed filter to the next
   * @param inputStep from one input's to the next
   * @param turned whether the filters are turned by 180 degrees
   */
  private static List<Correlation> products(
      int inputs,
      int outputs,
      int outputStep,
      int inputStep,
      boolean turned,
      int scratch,
      int lanes) {
    int sums = scratch + PLACES * placeStride(inputs, lanes);
    int[] tap = new int[inputs];
    int[] weightTap = new int[inputs];
    for (int c = 0; c < inputs; c++) {
      tap[c] = c * BLOCK * lanes;
      weightTap[c] = c * inputStep;
    }
    Correlation[] products = new Correlation[PLACES];
    for (int place = 0; place < PLACES; place++) {
      int[] in = new int[BLOCK];
      int[] out = new int[BLOCK];
      for (int t = 0; t < BLOCK; t++) {
        in[t] = scratch + place * placeStride(inputs, lanes) + t * lanes;
        out[t] = sums + place * placeStride(outputs, lanes) + t * lanes;
      }
      int weights = (turned ? turn(place) : place) * filterStride(inputs * outputs);
      products[place] =
          new Correlation(outputs, in, tap, out, BLOCK * lanes, weights, outputStep, weightTap, -1);
    }
    return List.of(products);
  }

  /** Place of the transformed filter that equals {@code place} of the turned one. */
  private static int turn(int place) {
    return turnIndex(place / 4) * 4 + turnIndex(place % 4);
  }

  private static int turnIndex(int i) {
    return i == 0 || i == 3 ? 3 - i : i;
  }

  /**
   * Floats from one place's vectors to the next one's. One vector more than there are: with a power
   * of two, all 16 places of a patch would fall into the same set of the first-level cache.
   */
  public static int placeStride(int channels, int lanes) {
    return (channels * BLOCK + 1) * lanes;
  }

  /**
   * Floats from one place's transformed filters to the next one's: a cache line more than there
   * are, for the reason of {@link #placeStride}.
   */
  public static int filterStride(int filters) {
    return filters + 16;
  }

  /** Floats of scratch for a block of this layer, forward or backward. */
  public static int scratch(Node node, Convolution layer, int lanes) {
    return PLACES
        * (placeStride(node.input().channels(), lanes) + placeStride(layer.filters(), lanes));
  }

  /**
   * Transforms all filters of a layer.
   *
   * @param filters number of pairs of an output and an input channel
   * @param weights holds the filters, [filters, 3, 3], from {@code at} on
   * @param transformed receives them, [16, filters]
   * @param stride from one of the 16 places to the next
   */
  public static void transformFilters(
      int filters, float[] weights, int at, float[] transformed, int stride) {
    float[] half = new float[12]; // G g
    for (int i = 0; i < filters; i++) {
      int g = at + 9 * i;
      for (int x = 0; x < 3; x++) {
        transform(weights[g + x], weights[g + 3 + x], weights[g + 6 + x], half, x, 3);
      }
      for (int y = 0; y < 4; y++) {
        int row = 3 * y;
        transform(half[row], half[row + 1], half[row + 2], transformed, 4 * y * stride + i, stride);
      }
    }
  }

  /** G times a column. */
  private static void transform(float g0, float g1, float g2, float[] result, int at, int stride) {
    float even = 0.5f * (g0 + g2);
    float odd = 0.5f * g1;
    result[at] = g0;
    result[at + stride] = even + odd;
    result[at + 2 * stride] = even - odd;
    result[at + 3 * stride] = g2;
  }
}
