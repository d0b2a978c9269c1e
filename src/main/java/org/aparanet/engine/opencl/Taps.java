package org.aparanet.engine.opencl;

/**
 * Tables that take the running number of a filter's element apart: element k of a filter [C, FH,
 * FW] belongs to channel c, row i and column j. A device would need divisions for that, and needs
 * it for each element that it loads.
 *
 * <p>An entry is {@code (c << 2 * bits) + (i << bits) + j}. The last one is repeated behind the
 * last, up to a whole slab: tiles read that far, and multiply with 0.
 */
final class Taps {
  private Taps() {}

  /** Bits that hold the rows and columns of a window. */
  static int bits(int windowHeight, int windowWidth) {
    return 32 - Integer.numberOfLeadingZeros(Math.max(windowHeight, windowWidth) - 1);
  }

  /** A table for filters of the given size, in CHW order. */
  static int[] table(int channels, int windowHeight, int windowWidth) {
    int bits = bits(windowHeight, windowWidth);
    int taps = channels * windowHeight * windowWidth;
    int slabs = (taps + TileProduct.SLAB - 1) / TileProduct.SLAB;
    int[] table = new int[slabs * TileProduct.SLAB];
    for (int at = 0; at < table.length; at++) {
      int k = Math.min(at, taps - 1);
      int channel = k / (windowHeight * windowWidth);
      int i = k / windowWidth % windowHeight;
      int j = k % windowWidth;
      table[at] = (channel << 2 * bits) + (i << bits) + j;
    }
    return table;
  }

  static int tapChannel(int tap, int bits) {
    return tap >> 2 * bits;
  }

  static int tapRow(int tap, int bits) {
    return (tap >> bits) & ((1 << bits) - 1);
  }

  static int tapColumn(int tap, int bits) {
    return tap & ((1 << bits) - 1);
  }
}
