package org.aparanet.engine.cpu.vector;

import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Tables of the gradient of a convolution's filters as a product of matrices, block of positions by
 * block.
 *
 * <pre>
 * gradient[k, f] = sum over the images of all positions p of x[p, k] * dOut[p, f]
 *
 * x[p, k]: inputs under tap k of a filter at position p     [steps, taps], im2col
 * dOut[p, f]: gradient of output channel f at position p    [steps, outputs]
 * </pre>
 *
 * <p>The lanes of the sums are output channels, as in {@link WinogradGradient}: no sum is across
 * lanes, and inputs and gradients are read once for as many outputs as have sums that stay in the
 * second-level cache.
 *
 * <p>Scratch, from its beginning; steps are the images of a block of positions:
 *
 * <pre>
 * [taps + 8, steps]       patches; in the end, sums with their taps in the lanes
 * [steps, group]          gradients of the outputs, output channels in the lanes
 * [taps + 8, group]       sums
 * </pre>
 *
 * @param outputs positions, taps and weights of the convolution: neighbouring taps, or all
 * @param dOut for each position: index of the first output channel's gradient
 * @param dOutStride from one output channel to the next
 * @param from first output channel whose gradients are computed
 * @param to first output channel behind those
 * @param group output channels that are computed at a time: whole vectors
 */
public record PatchGradient(
    Correlation outputs, int[] dOut, int dOutStride, int from, int to, int group) {

  /** Positions after which sums are added to the gradient, so that no sum has too many terms. */
  static final int CHUNK = 32 * Winograd.BLOCK;

  /** Sums that stay in the second-level cache with what is multiplied: 512 KiB. */
  private static final int SUMS = 1 << 17;

  /** Fewest taps that are worth putting output channels into the lanes. */
  private static final int FEWEST_TAPS = 64;

  /** Fewest output channels that are worth copying the inputs under a filter. */
  private static final int FEWEST_OUTPUTS = 32;

  /** Most filter positions that share an input; with more, it is better read where it is. */
  private static final int MOST_READERS = 4;

  /**
   * Whether the gradient of a layer's filters is computed this way, as it is mostly faster than
   * sums in registers over all positions: for filters of one by one, and for strides. The bounds
   * are those of 16 lanes; with eight, 64 taps are some too few.
   */
  public static boolean suits(Node node, Convolution layer) {
    int area = layer.filterHeight() * layer.filterWidth();
    return area * node.input().channels() >= FEWEST_TAPS
        && layer.filters() >= FEWEST_OUTPUTS
        && area <= MOST_READERS * layer.stride() * layer.stride();
  }

  /**
   * @param gradients for each position: index of the first output channel's gradient
   * @param dOut layout of the gradient of the outputs
   * @param from first output channel whose gradients are computed
   * @param to first output channel behind those
   */
  public static PatchGradient of(
      Correlation outputs, int[] gradients, LaneLayout dOut, int from, int to) {
    int lanes = dOut.columnStride();
    int pair = 2 * lanes;
    int fitting = Math.max(1, SUMS / rows(outputs) / pair) * pair;
    int all = (to - from + lanes - 1) / lanes * lanes;
    int group = Math.min(all, fitting);
    return new PatchGradient(outputs, gradients, dOut.planeStride(), from, to, group);
  }

  private static int rows(Correlation outputs) {
    return outputs.tap().length + WinogradGradient.SPARE;
  }

  /** Offset of the gradients in the scratch. */
  int turned(int lanes) {
    return Math.multiplyExact(rows(outputs), Winograd.BLOCK * lanes);
  }

  /** Offset of the sums in the scratch. */
  int sums(int lanes) {
    return turned(lanes) + Winograd.BLOCK * lanes * group;
  }

  /** Floats of scratch. */
  public int scratch(int lanes) {
    return Math.addExact(sums(lanes), Math.multiplyExact(rows(outputs), group));
  }
}
