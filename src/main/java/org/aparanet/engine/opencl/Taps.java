package org.aparanet.engine.opencl;

/**
 * Tables that take the running number of a filter's element apart: element k of a filter [C, FH,
 * FW] belongs to channel c, row i and column j. A device would need divisions for that, and needs
 * it for each element that it loads.
 *
 * <p>An entry is {@code (c << 2 * bits) + (i << bits) + j}. Behind the last there is one that sees
 * {@link #ONE}.
 */
final class Taps {
  /** A tap that sees nothing. */
  static final int NOTHING = -1;

  /** A tap that sees 1 from everywhere: its weight is the bias. */
  static final int ONE = -2;

  private Taps() {}

  /** Bits that hold the rows and columns of a window. */
  static int bits(int windowHeight, int windowWidth) {
    return 32 - Integer.numberOfLeadingZeros(Math.max(windowHeight, windowWidth) - 1);
  }

  /** A table for filters of the given size, in CHW order. */
  static int[] table(int channels, int windowHeight, int windowWidth) {
    int bits = bits(windowHeight, windowWidth);
    int taps = channels * windowHeight * windowWidth;
    int[] table = new int[taps + 1];
    table[taps] = ONE;
    for (int k = 0; k < taps; k++) {
      int channel = k / (windowHeight * windowWidth);
      int i = k / windowWidth % windowHeight;
      int j = k % windowWidth;
      table[k] = (channel << 2 * bits) + (i << bits) + j;
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
