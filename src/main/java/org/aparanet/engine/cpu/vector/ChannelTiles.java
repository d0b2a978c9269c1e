package org.aparanet.engine.cpu.vector;

import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Tables of a convolution of stride 1 with 3x3 filters by {@link Winograd}'s minimal filtering, on
 * one image with neighbouring channels in the lanes.
 *
 * <p>Tiles of 2x2 outputs are independent of one another. Where the outputs have an odd number of
 * rows or columns, the last tile overlaps the one before, and gives the new row or column alone:
 * who computes a tile last must not matter.
 *
 * @param inputs number of input channels
 * @param outputs number of output channels
 * @param in for each tile: index of its patch's top left position
 * @param inRow from one row of the input to the next
 * @param inColumn from one column of the input to the next: whole vectors
 * @param out for each tile: index of its top left position
 * @param newRow for each tile: whether its first row is given, too
 * @param newColumn for each tile: whether its first column is given, too
 * @param outRow from one row of the output to the next
 * @param outColumn from one column of the output to the next: whole vectors
 * @param bias index of the first bias; -1 without bias
 */
public record ChannelTiles(
    int inputs,
    int outputs,
    int[] in,
    int inRow,
    int inColumn,
    int[] out,
    boolean[] newRow,
    boolean[] newColumn,
    int outRow,
    int outColumn,
    int bias) {

  /**
   * The most tiles that are computed together, so that their patches and sums stay in the cache.
   */
  public static final int BLOCK = 16;

  /** Whether a layer is computed by this algorithm. */
  public static boolean suits(Node node, Convolution layer, LaneLayout input, int lanes) {
    return Winograd.suits(node, layer) && input.columnStride() % lanes == 0;
  }

  /** The tables of a layer. */
  public static ChannelTiles of(
      Node node, Convolution layer, LaneLayout input, LaneLayout output, int bias) {
    int height = node.output().height();
    int width = node.output().width();
    int columns = (width + 1) / 2;
    int[] in = new int[(height + 1) / 2 * columns];
    int[] out = new int[in.length];
    boolean[] newRow = new boolean[in.length];
    boolean[] newColumn = new boolean[in.length];
    for (int t = 0; t < in.length; t++) {
      int y = Math.min(t / columns * 2, height - 2);
      int x = Math.min(t % columns * 2, width - 2);
      in[t] = input.index(0, y - layer.padding(), x - layer.padding());
      out[t] = output.index(0, y, x);
      newRow[t] = y % 2 == 0;
      newColumn[t] = x % 2 == 0;
    }
    return new ChannelTiles(
        node.input().channels(),
        layer.filters(),
        in,
        input.rowStride(),
        input.columnStride(),
        out,
        newRow,
        newColumn,
        output.rowStride(),
        output.columnStride(),
        bias);
  }

  /** Number of blocks, which have about the same number of tiles. */
  public int blocks() {
    return (in.length + BLOCK - 1) / BLOCK;
  }

  /**
   * The first tile of a block, a multiple of four; for the number of blocks, the number of tiles.
   */
  public int begin(int block) {
    int fours = (in.length + 3) / 4;
    return Math.min(in.length, 4 * (int) ((long) fours * block / blocks()));
  }

  /** Floats of scratch that a block needs. */
  public int scratch() {
    return Winograd.PLACES * (placeStride(inColumn) + placeStride(outColumn));
  }

  /**
   * Floats from one place's patches or sums to the next one's. A cache line more than there are:
   * with a power of two, all 16 places would fall into the same set of the first-level cache.
   */
  static int placeStride(int depth) {
    return BLOCK * depth + 16;
  }
}
