package org.aparanet.engine.opencl.kernel;

/**
 * Tables of a filter's elements: element k of a filter [C, FH, FW] has channel c, row i and column
 * j. They save the device divisions for each element that it loads.
 *
 * <p>An entry of {@link #table} is {@code (c << 2 * bits) + (i << bits) + j}; {@link #offsets} and
 * {@link #leftOffsets} have the operands' offsets. The last entry is repeated as often as a tile
 * has columns: tiles read that far, and multiply with 0 or store nothing.
 */
public final class Taps {
  /** Bits for the number of a tap in its window, in an entry of {@link #offsets}. */
  static final int WINDOW_BITS = 5;

  /** Mask of these bits. */
  static final int WINDOW = 31;

  private Taps() {}

  /** Whether a window has few enough taps for {@link #offsets}. */
  public static boolean fit(int windowHeight, int windowWidth) {
    return windowHeight * windowWidth <= WINDOW + 1;
  }

  /** Bits for the row or the column of a window. */
  public static int bits(int windowHeight, int windowWidth) {
    return 32 - Integer.numberOfLeadingZeros(Math.max(windowHeight, windowWidth) - 1);
  }

  /** Table for filters of the given size, in CHW order. */
  static int[] table(int channels, int windowHeight, int windowWidth) {
    int bits = bits(windowHeight, windowWidth);
    return table(
        channels,
        windowHeight,
        windowWidth,
        (channel, i, j) -> (channel << 2 * bits) + (i << bits) + j);
  }

  /**
   * Offsets of the elements that taps see from that of the first tap, with the number of the tap in
   * its window: {@code (offset << 5) + 31 - number}. The low five bits are the shift that makes a
   * tap's bit of a mask the sign.
   *
   * @param row a product's row of a pass table
   */
  public static int[] offsets(int[] row) {
    int direction = row[Pass.DIRECTION];
    int divisor = row[Pass.DIVISOR];
    return table(
        row[Pass.IMAGE_CHANNELS],
        row[Pass.WINDOW_HEIGHT],
        row[Pass.WINDOW_WIDTH],
        (channel, i, j) -> {
          int y = channel * row[Pass.IMAGE_HEIGHT] + direction * (i / divisor);
          int offset = y * row[Pass.IMAGE_WIDTH] + direction * (j / divisor);
          int number = i * row[Pass.WINDOW_WIDTH] + j;
          return (offset << WINDOW_BITS) + WINDOW - number;
        });
  }

  /**
   * Offsets of the elements of the left operand's row, a filter or a part of each, from its first.
   *
   * @param row a forward product's row of a pass table, or that of an input's gradient
   */
  static int[] leftOffsets(int[] row) {
    return table(
        row[Pass.IMAGE_CHANNELS],
        row[Pass.WINDOW_HEIGHT],
        row[Pass.WINDOW_WIDTH],
        (channel, i, j) -> channel * row[Pass.LEFT_CHANNEL] + i * row[Pass.WINDOW_WIDTH] + j);
  }

  /**
   * Table of a row's field; empty if the row needs none.
   *
   * @param field {@link Pass#TAPS}, {@link Pass#OFFSETS} or {@link Pass#LEFT_OFFSETS}
   */
  public static int[] of(int field, int[] row) {
    if (row[Pass.OPERATION] > Opcode.LAST_PRODUCT) {
      return new int[0];
    }
    boolean filter = row[Pass.OPERATION] == Opcode.BACKWARD_FILTER;
    boolean fit = fit(row[Pass.WINDOW_HEIGHT], row[Pass.WINDOW_WIDTH]);
    if (field == Pass.OFFSETS && fit) {
      return offsets(row);
    }
    if (field == Pass.LEFT_OFFSETS && !filter) {
      return leftOffsets(row);
    }
    if (field == Pass.TAPS && (filter || !fit)) {
      return table(row[Pass.IMAGE_CHANNELS], row[Pass.WINDOW_HEIGHT], row[Pass.WINDOW_WIDTH]);
    }
    return new int[0];
  }

  private interface Entry {
    int of(int channel, int i, int j);
  }

  private static int[] table(int channels, int windowHeight, int windowWidth, Entry entry) {
    int taps = channels * windowHeight * windowWidth;
    int[] table = new int[taps + TileProduct.ITEM_COLUMNS * TileProduct.COLUMN_STRIDE];
    for (int at = 0; at < table.length; at++) {
      int k = Math.min(at, taps - 1);
      int channel = k / (windowHeight * windowWidth);
      table[at] = entry.of(channel, k / windowWidth % windowHeight, k % windowWidth);
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
