package org.aparanet.engine.opencl;

/**
 * Computes a product in tiles of 64 x 64 or 32 x 128 results, or narrower ones: the way for large
 * products.
 *
 * <p>A tile is the work of a work-group. It brings a slab of {@value #SLAB} rows of the operands
 * into local memory, where each element serves 32 or more multiply-adds, and each work-item
 * multiplies them into its 8 x 4 sums, which stay in registers.
 */
abstract class TileProduct extends BlockProduct {
  /** Rows of the operands that lie in local memory at a time. */
  static final int SLAB = 32;

  /** Rows of a tile's result that belong to a work-item. */
  static final int ITEM_ROWS = 8;

  /** Columns of a tile's result that belong to a work-item. */
  static final int ITEM_COLUMNS = 4;

  /**
   * A slab of the left operand [SLAB, rows of the tile + 1]; the one is there for the banks of
   * local memory.
   */
  @Local final float[] leftSlab = new float[SLAB * 65];

  int tilesDown(int row) {
    int tileRows = passes[row + Pass.TILE_ROWS];
    return (passes[row + Pass.ROWS] + tileRows - 1) / tileRows;
  }

  int tilesAcross(int row) {
    int tileColumns = passes[row + Pass.ITEMS_ACROSS] * ITEM_COLUMNS;
    return (columns(row) + tileColumns - 1) / tileColumns;
  }

  void tile(int row, int unit) {
    int item = getLocalId();
    int operation = passes[row + Pass.OPERATION];
    int tileRows = passes[row + Pass.TILE_ROWS];
    int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
    int tileColumns = itemsAcross * ITEM_COLUMNS;
    int leftWidth = tileRows + 1;
    int down = tilesDown(row);
    int across = tilesAcross(row);
    int firstRow = unit % down * tileRows;
    int firstColumn = unit / down % across * tileColumns;
    int chunk = unit / (down * across);
    int chunks = passes[row + Pass.CHUNKS];
    int slabs = (depth(row) + SLAB - 1) / SLAB;
    int to = slabs * (chunk + 1) / chunks * SLAB;
    int pooled = pooled(row);

    // this item's part of the result
    int itemRow = item / itemsAcross * ITEM_ROWS;
    int itemColumn = item % itemsAcross;

    // the position that this item looks from, if the columns are positions
    int base = 0;
    int top = 0;
    int left = 0;
    if (operation != Operation.BACKWARD_FILTER) {
      int column = columnOf(pooled, firstColumn, item % tileColumns, itemsAcross);
      column = min(column, columns(row) - 1);
      int inImage = inImage(row, column);
      base = positionBase(row, column);
      top = positionY(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
      left = positionX(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
    }
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s20 = 0f;
    float s21 = 0f;
    float s22 = 0f;
    float s23 = 0f;
    float s30 = 0f;
    float s31 = 0f;
    float s32 = 0f;
    float s33 = 0f;
    float s40 = 0f;
    float s41 = 0f;
    float s42 = 0f;
    float s43 = 0f;
    float s50 = 0f;
    float s51 = 0f;
    float s52 = 0f;
    float s53 = 0f;
    float s60 = 0f;
    float s61 = 0f;
    float s62 = 0f;
    float s63 = 0f;
    float s70 = 0f;
    float s71 = 0f;
    float s72 = 0f;
    float s73 = 0f;
    for (int from = slabs * chunk / chunks * SLAB; from < to; from += SLAB) {
      loadLeft(row, from, firstRow, tileRows);
      if (operation == Operation.BACKWARD_FILTER) {
        loadRightByTaps(row, from, firstColumn, tileColumns);
      } else {
        loadRightByPositions(row, from, tileColumns, base, top, left);
      }
      localBarrier();
      if (itemRow < tileRows) { // a narrow tile has no work for the last items but to load
        int a = itemRow;
        int b = itemColumn;
        // two at a time: the sums then stay in their registers for twice as long
        for (int k = 0; k < SLAB; k += 2) {
          float b0 = slab[b];
          float b1 = slab[b + itemsAcross];
          float b2 = slab[b + 2 * itemsAcross];
          float b3 = slab[b + 3 * itemsAcross];
          float a0 = leftSlab[a];
          float a1 = leftSlab[a + 1];
          float a2 = leftSlab[a + 2];
          float a3 = leftSlab[a + 3];
          float a4 = leftSlab[a + 4];
          float a5 = leftSlab[a + 5];
          float a6 = leftSlab[a + 6];
          float a7 = leftSlab[a + 7];
          s00 += a0 * b0;
          s01 += a0 * b1;
          s02 += a0 * b2;
          s03 += a0 * b3;
          s10 += a1 * b0;
          s11 += a1 * b1;
          s12 += a1 * b2;
          s13 += a1 * b3;
          s20 += a2 * b0;
          s21 += a2 * b1;
          s22 += a2 * b2;
          s23 += a2 * b3;
          s30 += a3 * b0;
          s31 += a3 * b1;
          s32 += a3 * b2;
          s33 += a3 * b3;
          s40 += a4 * b0;
          s41 += a4 * b1;
          s42 += a4 * b2;
          s43 += a4 * b3;
          s50 += a5 * b0;
          s51 += a5 * b1;
          s52 += a5 * b2;
          s53 += a5 * b3;
          s60 += a6 * b0;
          s61 += a6 * b1;
          s62 += a6 * b2;
          s63 += a6 * b3;
          s70 += a7 * b0;
          s71 += a7 * b1;
          s72 += a7 * b2;
          s73 += a7 * b3;
          a += leftWidth;
          b += tileColumns;
          b0 = slab[b];
          b1 = slab[b + itemsAcross];
          b2 = slab[b + 2 * itemsAcross];
          b3 = slab[b + 3 * itemsAcross];
          a0 = leftSlab[a];
          a1 = leftSlab[a + 1];
          a2 = leftSlab[a + 2];
          a3 = leftSlab[a + 3];
          a4 = leftSlab[a + 4];
          a5 = leftSlab[a + 5];
          a6 = leftSlab[a + 6];
          a7 = leftSlab[a + 7];
          s00 += a0 * b0;
          s01 += a0 * b1;
          s02 += a0 * b2;
          s03 += a0 * b3;
          s10 += a1 * b0;
          s11 += a1 * b1;
          s12 += a1 * b2;
          s13 += a1 * b3;
          s20 += a2 * b0;
          s21 += a2 * b1;
          s22 += a2 * b2;
          s23 += a2 * b3;
          s30 += a3 * b0;
          s31 += a3 * b1;
          s32 += a3 * b2;
          s33 += a3 * b3;
          s40 += a4 * b0;
          s41 += a4 * b1;
          s42 += a4 * b2;
          s43 += a4 * b3;
          s50 += a5 * b0;
          s51 += a5 * b1;
          s52 += a5 * b2;
          s53 += a5 * b3;
          s60 += a6 * b0;
          s61 += a6 * b1;
          s62 += a6 * b2;
          s63 += a6 * b3;
          s70 += a7 * b0;
          s71 += a7 * b1;
          s72 += a7 * b2;
          s73 += a7 * b3;
          a += leftWidth;
          b += tileColumns;
        }
      }
      localBarrier();
    }

    slab[item] = s00;
    slab[item + GROUP] = s01;
    slab[item + 2 * GROUP] = s02;
    slab[item + 3 * GROUP] = s03;
    slab[item + 4 * GROUP] = s10;
    slab[item + 5 * GROUP] = s11;
    slab[item + 6 * GROUP] = s12;
    slab[item + 7 * GROUP] = s13;
    slab[item + 8 * GROUP] = s20;
    slab[item + 9 * GROUP] = s21;
    slab[item + 10 * GROUP] = s22;
    slab[item + 11 * GROUP] = s23;
    slab[item + 12 * GROUP] = s30;
    slab[item + 13 * GROUP] = s31;
    slab[item + 14 * GROUP] = s32;
    slab[item + 15 * GROUP] = s33;
    slab[item + 16 * GROUP] = s40;
    slab[item + 17 * GROUP] = s41;
    slab[item + 18 * GROUP] = s42;
    slab[item + 19 * GROUP] = s43;
    slab[item + 20 * GROUP] = s50;
    slab[item + 21 * GROUP] = s51;
    slab[item + 22 * GROUP] = s52;
    slab[item + 23 * GROUP] = s53;
    slab[item + 24 * GROUP] = s60;
    slab[item + 25 * GROUP] = s61;
    slab[item + 26 * GROUP] = s62;
    slab[item + 27 * GROUP] = s63;
    slab[item + 28 * GROUP] = s70;
    slab[item + 29 * GROUP] = s71;
    slab[item + 30 * GROUP] = s72;
    slab[item + 31 * GROUP] = s73;
  }

  /**
   * The result's column that stands at a place of a tile. Where four columns go through a max-pool,
   * a tile has them so that one item has the four.
   */
  int columnOf(int pooled, int first, int place, int itemsAcross) {
    int column = first + place;
    if (pooled == 1) {
      column = first + place % itemsAcross * ITEM_COLUMNS + place / itemsAcross;
    }
    return column;
  }

  /** Neighbouring items load neighbouring k, which lie side by side in memory. */
  void loadLeft(int row, int from, int firstRow, int tileRows) {
    int k = getLocalId() % SLAB;
    int lastRow = passes[row + Pass.ROWS] - 1;
    int stride = passes[row + Pass.LEFT_STRIDE];
    int source = passes[row + Pass.LEFT_SOURCE];
    int toMaxima = passes[row + Pass.MAXIMA] - passes[row + Pass.OUTPUT];
    int base = Pass.NONE;
    int corner = Pass.NONE;
    if (from + k < depth(row)) {
      if (passes[row + Pass.OPERATION] == Operation.BACKWARD_FILTER) {
        int inImage = inImage(row, from + k);
        base = gradientBase(row, from + k, inImage);
        corner = gradientCorner(row, inImage);
      } else {
        base = filterBase(row, from + k);
      }
    }
    int at = k * (tileRows + 1);
    for (int m = getLocalId() / SLAB; m < tileRows; m += GROUP / SLAB) {
      float value = 0f;
      if (base >= 0) {
        int index = base + min(firstRow + m, lastRow) * stride;
        value = leftElement(source, index);
        if (corner >= 0 && largest(index + toMaxima) != corner) {
          value = 0f;
        }
      }
      leftSlab[at + m] = value;
    }
  }

  /** Where the filters' elements with number {@code k} begin. */
  int filterBase(int row, int k) {
    int tap = passes[passes[row + Pass.TAPS] + k];
    int bits = passes[row + Pass.TAP_BITS];
    return passes[row + Pass.WEIGHT]
        + Taps.tapChannel(tap, bits) * passes[row + Pass.LEFT_CHANNEL]
        + Taps.tapRow(tap, bits) * passes[row + Pass.WINDOW_WIDTH]
        + Taps.tapColumn(tap, bits);
  }

  /**
   * Where the outputs' gradients at a position begin; {@link Pass#NONE} if they go through a
   * max-pool and the position is in none of its windows.
   */
  int gradientBase(int row, int position, int inImage) {
    int image = position / passes[row + Pass.DEPTH];
    int base =
        passes[row + Pass.OUTPUT]
            + image * passes[row + Pass.ROWS] * passes[row + Pass.LEFT_STRIDE];
    if (passes[row + Pass.MAXIMA] == Pass.NONE) {
      base += inImage;
    } else {
      int y = positionY(row, inImage) / 2;
      int x = positionX(row, inImage) / 2;
      if (y < passes[row + Pass.POOL_HEIGHT] && x < passes[row + Pass.POOL_WIDTH]) {
        base += y * passes[row + Pass.POOL_WIDTH] + x;
      } else {
        base = Pass.NONE;
      }
    }
    return base;
  }

  /** The place of an output in its pooling window, if there is one. */
  int gradientCorner(int row, int inImage) {
    int corner = Pass.NONE;
    if (passes[row + Pass.MAXIMA] != Pass.NONE) {
      corner = positionY(row, inImage) % 2 * 2 + positionX(row, inImage) % 2;
    }
    return corner;
  }

  /** The columns are positions, one for each item; the depth are taps. */
  void loadRightByPositions(int row, int from, int tileColumns, int base, int top, int left) {
    int taps = passes[row + Pass.TAPS] + from;
    int bits = passes[row + Pass.TAP_BITS];
    int mask = (1 << bits) - 1;
    int direction = passes[row + Pass.DIRECTION];
    int divisor = passes[row + Pass.DIVISOR];
    int height = passes[row + Pass.SEEN_HEIGHT];
    int width = passes[row + Pass.SEEN_WIDTH];
    int source = passes[row + Pass.RIGHT_SOURCE];
    int toMaxima = passes[row + Pass.SEEN_MAXIMA];
    int step = GROUP / tileColumns;
    int at = getLocalId();
    for (int k = at / tileColumns; k < SLAB; k += step) {
      int tap = passes[taps + k];
      int y = top + direction * ((tap >> bits) & mask);
      int x = left + direction * (tap & mask);
      int corner = Pass.NONE;
      if (divisor > 1) {
        y = quotient(y, divisor);
        x = quotient(x, divisor);
      }
      if (toMaxima != Pass.NONE) {
        corner = (y & 1) * 2 + (x & 1);
        y = y >> 1;
        x = x >> 1;
      }
      float value = 0f;
      // negative if any of the four is: outside of the image
      if ((y | x | (height - 1 - y) | (width - 1 - x)) >= 0) {
        int index = base + ((tap >> (2 * bits)) * height + y) * width + x;
        value = rightElement(source, index);
        if (corner >= 0 && largest(index + toMaxima) != corner) {
          value = 0f;
        }
      }
      slab[at] = value;
      at += GROUP;
    }
  }

  /**
   * The columns are taps, the last one that of the bias; the depth are positions, which lie side by
   * side in memory.
   */
  void loadRightByTaps(int row, int from, int firstColumn, int tileColumns) {
    int k = getLocalId() % SLAB;
    // beyond the last position the left operand is 0
    int position = min(from + k, depth(row) - 1);
    int inImage = inImage(row, position);
    int base = positionBase(row, position);
    int top = positionY(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
    int left = positionX(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
    int taps = passes[row + Pass.TAPS];
    int lastTap = passes[row + Pass.TAP_COUNT] - 1;
    int bits = passes[row + Pass.TAP_BITS];
    int mask = (1 << bits) - 1;
    int height = passes[row + Pass.SEEN_HEIGHT];
    int width = passes[row + Pass.SEEN_WIDTH];
    int at = k * tileColumns - firstColumn;
    int end = firstColumn + tileColumns;
    for (int c = firstColumn + getLocalId() / SLAB; c < end; c += GROUP / SLAB) {
      int tap = passes[taps + min(c, lastTap)];
      int y = top + ((tap >> bits) & mask);
      int x = left + (tap & mask);
      float value = 0f;
      if ((y | x | (height - 1 - y) | (width - 1 - x)) >= 0) {
        value =
            rightElement(Source.ACTIVATIONS, base + ((tap >> (2 * bits)) * height + y) * width + x);
      }
      if (c > lastTap) {
        value = 1f;
      }
      slab[at + c] = value;
    }
  }
}
