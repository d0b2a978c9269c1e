package org.aparanet.engine.cpu.vector;

/**
 * Tables of the gradient of 3x3 filters of stride 1, by the transpose of {@link Winograd}'s
 * algorithm: a tile takes 16 multiplications for each pair of channels where the definition has 36.
 *
 * <pre>
 * gradient g: 3x3 = G' [ sum over tiles and images of (B' d B) * (A y A') ] G
 *
 * patch d: 4x4 inputs of a channel     tile y: gradients of 2x2 outputs of a channel
 * </pre>
 *
 * <p>The patches are transformed as in the forward pass. In the sums the lanes are output channels
 * rather than images: an element of a patch, times the gradients of a vector of outputs. So no sum
 * is across lanes, and the sums of all pairs of channels stay in the cache.
 *
 * <p>A block's scratch, from its beginning; steps are the images of all its tiles:
 *
 * <pre>
 * [4, steps, depth]              gradients of the tiles' outputs, output channels in the lanes
 * [16, steps * depth + a vector] the same, transformed
 * [16, inputs + 8, depth]         sums
 * </pre>
 *
 * @param forward offsets of the patches
 * @param outputs number of output channels: the convolution's, or some of them
 * @param dOut for each tile, its four outputs: index of the first channel's gradient, or -1 where
 *     an earlier tile has it
 * @param dOutStride from one output channel to the next
 * @param depth output channels, rounded up to whole vectors
 * @param weight index of the first filter's gradient
 */
public record WinogradGradient(
    Winograd forward, int outputs, int[] dOut, int dOutStride, int depth, int weight) {

  /** Inputs past the last one that a tile of sums may have. */
  static final int SPARE = 8;

  /**
   * @param dOut gradients of the outputs whose filters are meant
   * @param weight index of the first one's first filter
   */
  public static WinogradGradient of(Winograd forward, LaneLayout dOut, int weight) {
    int outputs = dOut.shape().channels();
    int height = dOut.shape().height();
    int width = dOut.shape().width();
    int columns = (width + 1) / 2;
    int tiles = (height + 1) / 2 * columns;
    int[] pixels = new int[4 * forward.in().length];
    for (int i = 0; i < pixels.length; i++) {
      int tile = i / 4;
      int top = tile / columns * 2;
      int left = tile % columns * 2;
      // the last tile of an odd number of rows or columns overlaps the one before
      int y = Math.min(top, height - 2) + i % 4 / 2;
      int x = Math.min(left, width - 2) + i % 2;
      pixels[i] = tile < tiles && y >= top && x >= left ? dOut.index(0, y, x) : -1;
    }
    int lanes = dOut.columnStride();
    int depth = (outputs + lanes - 1) / lanes * lanes;
    return new WinogradGradient(forward, outputs, pixels, dOut.planeStride(), depth, weight);
  }

  /** Floats from one place's transformed gradients to the next one's. */
  public int spreadStride(int lanes) {
    return Winograd.BLOCK * lanes * depth + lanes;
  }

  /** Floats from one place's sums to the next one's, with padding past the last input. */
  public int sumStride() {
    return (forward.inputs() + SPARE) * depth;
  }

  /** Offset of the sums in the scratch. */
  public int sums(int lanes) {
    return 4 * Winograd.BLOCK * lanes * depth + Winograd.PLACES * spreadStride(lanes);
  }

  /** Floats of scratch. */
  public int scratch(int lanes) {
    return Math.addExact(sums(lanes), Math.multiplyExact(Winograd.PLACES, sumStride()));
  }
}
