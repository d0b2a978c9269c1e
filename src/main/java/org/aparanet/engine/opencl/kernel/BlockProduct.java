package org.aparanet.engine.opencl.kernel;

/**
 * Matrix product in blocks of results; for few rows, few columns or a small depth.
 *
 * <p>A block is computed by one work-item, or by several that divide the depth and add up their
 * sums in local memory. Operands are read from global memory, without tiles.
 */
abstract class BlockProduct extends ProductOperands {
  /** Rows of a block of outputs or of their gradients. */
  public static final int BLOCK_ROWS = 8;

  /** Rows of a block of gradients of filters. */
  public static final int FILTER_BLOCK_ROWS = 4;

  /** Columns of a block. */
  public static final int BLOCK_COLUMNS = 4;

  /** Blocks side by side whose columns are interleaved. */
  static final int INTERLEAVED = 32;

  int blockRows(int row) {
    int rows = BLOCK_ROWS;
    if (passes[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      rows = FILTER_BLOCK_ROWS;
    }
    return rows;
  }

  int blocksDown(int row) {
    return (passes[row + Pass.ROWS] + blockRows(row) - 1) / blockRows(row);
  }

  int blocksAcross(int row) {
    return (columns(row) + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS;
  }

  /**
   * Number of a work-item's block. In a chain a work-group computes one column of blocks, otherwise
   * consecutive blocks.
   */
  int ownBlock(int row, int workUnit, int sharers, int across) {
    int block = workUnit * (GROUP / sharers) + getLocalId() / sharers;
    if (passes[row + Pass.LINKS] > 0) {
      block = workUnit + getLocalId() / sharers * across;
    }
    return block;
  }

  /**
   * Distance between columns of a block. Neighbouring blocks have neighbouring columns, so that
   * accesses are coalesced; the four of a pooling window are contiguous.
   *
   * @param block number in its row of blocks
   */
  int blockStep(int row, int block, int across) {
    int step = 1;
    if (pooled(row) == 0) {
      step = min(INTERLEAVED, across - block / INTERLEAVED * INTERLEAVED);
    }
    return step;
  }

  /** First column of a block. */
  int blockColumn(int row, int block, int across) {
    int column = block * BLOCK_COLUMNS;
    if (pooled(row) == 0) {
      column = block / INTERLEAVED * INTERLEAVED * BLOCK_COLUMNS + block % INTERLEAVED;
    }
    return column;
  }

  /**
   * Sums [8, 4] of a forward pass or of an input's gradient: columns are positions, the depth is
   * taps. Each of the work-items that share a block takes every {@code sharers}-th tap.
   */
  void positionBlock(float[] filters, float[] images, int row, int workUnit) {
    int sharers = passes[row + Pass.SHARERS];
    int across = blocksAcross(row);
    int block = ownBlock(row, workUnit, sharers, across);
    int m = block / across * BLOCK_ROWS;
    int column = blockColumn(row, block % across, across);
    int step = blockStep(row, block % across, across);
    int lastRow = passes[row + Pass.ROWS] - 1;
    int lastColumn = columns(row) - 1;
    int depth = passes[row + Pass.DEPTH];
    if (m > lastRow) {
      depth = 0; // past the last block
    }
    int offsets = passes[row + Pass.OFFSETS];
    int leftOffsets = passes[row + Pass.LEFT_OFFSETS];
    int leftStride = passes[row + Pass.LEFT_STRIDE];
    int weight = passes[row + Pass.WEIGHT];
    int w0 = weight + min(m, lastRow) * leftStride;
    int w1 = weight + min(m + 1, lastRow) * leftStride;
    int w2 = weight + min(m + 2, lastRow) * leftStride;
    int w3 = weight + min(m + 3, lastRow) * leftStride;
    int w4 = weight + min(m + 4, lastRow) * leftStride;
    int w5 = weight + min(m + 5, lastRow) * leftStride;
    int w6 = weight + min(m + 6, lastRow) * leftStride;
    int w7 = weight + min(m + 7, lastRow) * leftStride;
    // offset and tap mask of each of the four positions
    int base0 = 0;
    int seen0 = 0;
    int base1 = 0;
    int seen1 = 0;
    int base2 = 0;
    int seen2 = 0;
    int base3 = 0;
    int seen3 = 0;
    int pooled = pooled(row);
    int grid = passes[row + Pass.STEP];
    int image = 0;
    int top = 0;
    int left = 0;
    for (int c = 0; c < BLOCK_COLUMNS; c++) {
      if (c == 0 || pooled == 0) {
        int position = min(column + c * step, lastColumn);
        int inImage = inImage(row, position);
        image = positionBase(row, position);
        top = top(row, inImage);
        left = left(row, inImage);
      }
      int y = top;
      int x = left;
      if (pooled == 1) { // the four of a window are adjacent
        y += c / 2 * grid;
        x += c % 2 * grid;
      }
      base3 = image + seenPlace(row, y, x);
      seen3 = seenTaps(row, y, x);
      if (c == 0) {
        base0 = base3;
        seen0 = seen3;
      }
      if (c == 1) {
        base1 = base3;
        seen1 = seen3;
      }
      if (c == 2) {
        base2 = base3;
        seen2 = seen3;
      }
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
    for (int k = getLocalId() % sharers; k < depth; k += sharers) {
      int tap = passes[offsets + k];
      int bit = tap & Taps.WINDOW;
      int offset = tap >> Taps.WINDOW_BITS;
      int w = passes[leftOffsets + k];
      float b0 = 0f;
      float b1 = 0f;
      float b2 = 0f;
      float b3 = 0f;
      if (seen0 << bit < 0) {
        b0 = images[base0 + offset];
      }
      if (seen1 << bit < 0) {
        b1 = images[base1 + offset];
      }
      if (seen2 << bit < 0) {
        b2 = images[base2 + offset];
      }
      if (seen3 << bit < 0) {
        b3 = images[base3 + offset];
      }
      float a0 = filters[w0 + w];
      float a1 = filters[w1 + w];
      float a2 = filters[w2 + w];
      float a3 = filters[w3 + w];
      float a4 = filters[w4 + w];
      float a5 = filters[w5 + w];
      float a6 = filters[w6 + w];
      float a7 = filters[w7 + w];
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
    }
    int item = getLocalId();
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
   * Gradients [4, 4] of filters: columns are taps, the depth is iterated by rows of the grid. A
   * dense layer has a grid of one position, as has a convolution of a single output; there, if no
   * tap is on the padding, the images of the batch replace the columns of the grid, and chunks and
   * sharers divide the images.
   */
  void filterBlock(float[] gradients, float[] images, int row, int workUnit) {
    int sharers = passes[row + Pass.SHARERS];
    int across = blocksAcross(row);
    int down = blocksDown(row);
    int block = workUnit * (GROUP / sharers) + getLocalId() / sharers;
    int column = blockColumn(row, block % across, across);
    int step = blockStep(row, block % across, across);
    int m = block / across % down * FILTER_BLOCK_ROWS;
    int chunk = block / (across * down);
    int chunks = passes[row + Pass.CHUNKS];
    int filters = passes[row + Pass.ROWS];
    int gridHeight = passes[row + Pass.GRID_HEIGHT];
    int gridWidth = passes[row + Pass.GRID_WIDTH];
    int grid = passes[row + Pass.STEP];
    int lines = batch * gridHeight;
    int sharer = getLocalId() % sharers;
    int start = lines * chunk / chunks + sharer;
    int to = lines * (chunk + 1) / chunks;
    int xStart = 0;
    int xTo = gridWidth;
    int xStep = 1;
    int leftStep = 1;
    int rightStep = grid;
    int xEnd = passes[row + Pass.IMAGE_WIDTH];
    int origin = passes[row + Pass.ORIGIN];
    if (gridHeight * gridWidth == 1 && origin == 0) {
      start = 0;
      to = 1;
      xStart = batch * chunk / chunks + sharer;
      xTo = batch * (chunk + 1) / chunks;
      xStep = sharers;
      leftStep = filters;
      rightStep = passes[row + Pass.IMAGE_SIZE];
      xEnd = batch * rightStep;
    }
    if (chunk >= chunks) {
      to = 0; // past the last block
    }
    int height = passes[row + Pass.IMAGE_HEIGHT];
    int width = passes[row + Pass.IMAGE_WIDTH];
    int leftStride = passes[row + Pass.LEFT_STRIDE];
    int bits = passes[row + Pass.TAP_BITS];
    int taps = passes[row + Pass.TAPS];
    int lastTap = passes[row + Pass.TAP_COUNT] - 1;
    int lastRow = filters - 1;
    int m0 = min(m, lastRow) * leftStride;
    int m1 = min(m + 1, lastRow) * leftStride;
    int m2 = min(m + 2, lastRow) * leftStride;
    int m3 = min(m + 3, lastRow) * leftStride;
    int column1 = column + step;
    int column2 = column + 2 * step;
    int column3 = column + 3 * step;
    int tap0 = passes[taps + min(column, lastTap)];
    int tap1 = passes[taps + min(column1, lastTap)];
    int tap2 = passes[taps + min(column2, lastTap)];
    int tap3 = passes[taps + min(column3, lastTap)];
    // the input of a bias is always 1
    float one0 = biasElement(column, lastTap);
    float one1 = biasElement(column1, lastTap);
    float one2 = biasElement(column2, lastTap);
    float one3 = biasElement(column3, lastTap);
    int channel0 = Taps.tapChannel(tap0, bits);
    int channel1 = Taps.tapChannel(tap1, bits);
    int channel2 = Taps.tapChannel(tap2, bits);
    int channel3 = Taps.tapChannel(tap3, bits);
    int i0 = Taps.tapRow(tap0, bits) + origin;
    int i1 = Taps.tapRow(tap1, bits) + origin;
    int i2 = Taps.tapRow(tap2, bits) + origin;
    int i3 = Taps.tapRow(tap3, bits) + origin;
    int j0 = Taps.tapColumn(tap0, bits) + origin;
    int j1 = Taps.tapColumn(tap1, bits) + origin;
    int j2 = Taps.tapColumn(tap2, bits) + origin;
    int j3 = Taps.tapColumn(tap3, bits) + origin;
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
    for (int line = start; line < to; line += sharers) {
      int image = line / gridHeight;
      int y = line % gridHeight;
      int base = passes[row + Pass.IMAGE] + image * passes[row + Pass.IMAGE_SIZE];
      int gradient = passes[row + Pass.GRADIENT] + image * filters * leftStride + y * gridWidth;
      // offset of a tap's line of the image, and its last column; none outside, and for a bias
      int y0 = y * grid + i0;
      int y1 = y * grid + i1;
      int y2 = y * grid + i2;
      int y3 = y * grid + i3;
      int line0 = base + (channel0 * height + y0) * width;
      int line1 = base + (channel1 * height + y1) * width;
      int line2 = base + (channel2 * height + y2) * width;
      int line3 = base + (channel3 * height + y3) * width;
      int last0 = lastSeen(y0, height, xEnd, one0);
      int last1 = lastSeen(y1, height, xEnd, one1);
      int last2 = lastSeen(y2, height, xEnd, one2);
      int last3 = lastSeen(y3, height, xEnd, one3);
      for (int x = xStart; x < xTo; x += xStep) {
        int at = gradient + x * leftStep;
        float a0 = gradients[at + m0];
        float a1 = gradients[at + m1];
        float a2 = gradients[at + m2];
        float a3 = gradients[at + m3];
        int x0 = x * rightStep + j0;
        int x1 = x * rightStep + j1;
        int x2 = x * rightStep + j2;
        int x3 = x * rightStep + j3;
        float b0 = one0;
        float b1 = one1;
        float b2 = one2;
        float b3 = one3;
        // negative if either is, outside of the line
        if ((x0 | (last0 - x0)) >= 0) {
          b0 = images[line0 + x0];
        }
        if ((x1 | (last1 - x1)) >= 0) {
          b1 = images[line1 + x1];
        }
        if ((x2 | (last2 - x2)) >= 0) {
          b2 = images[line2 + x2];
        }
        if ((x3 | (last3 - x3)) >= 0) {
          b3 = images[line3 + x3];
        }
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
      }
    }
    int item = getLocalId();
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
  }

  /** Right element of a bias: 1 in columns behind the last tap, else 0. */
  float biasElement(int column, int lastTap) {
    float element = 0f;
    if (column > lastTap) {
      element = 1f;
    }
    return element;
  }

  /** Last column of a tap's line of the image; {@link Pass#NONE} outside, and for a bias. */
  int lastSeen(int y, int height, int end, float bias) {
    int last = end - 1;
    if (y < 0 || y >= height || bias != 0f) {
      last = Pass.NONE;
    }
    return last;
  }
}
