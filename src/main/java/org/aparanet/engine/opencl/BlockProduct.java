package org.aparanet.engine.opencl;

/**
 * Computes a product in blocks of results: the way for few rows, few columns or a small depth.
 *
 * <p>A block is the work of one work-item, or of several that share out the depth and add up their
 * sums in local memory. What a block needs comes straight from global memory, without tiles.
 */
abstract class BlockProduct extends ProductOperands {
  /** Rows of a block of outputs or of their gradients. */
  static final int BLOCK_ROWS = 8;

  /** Rows of a block of gradients of filters. */
  static final int FILTER_BLOCK_ROWS = 4;

  /** Columns of a block. */
  static final int BLOCK_COLUMNS = 4;

  int blockRows(int row) {
    int rows = BLOCK_ROWS;
    if (passes[row + Pass.OPERATION] == Operation.BACKWARD_FILTER) {
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
   * 8 x 4 results of a forward pass or of an input's gradient: the columns are positions, the depth
   * is run through as channels, rows and columns of the filters.
   */
  void positionBlock(int row, int unit) {
    int sharers = passes[row + Pass.SHARERS];
    int across = blocksAcross(row);
    // neighbouring blocks have neighbouring columns
    int block = unit * (GROUP / sharers) + getLocalId() / sharers;
    int column = block % across * BLOCK_COLUMNS;
    int m = block / across * BLOCK_ROWS;
    int lastRow = passes[row + Pass.ROWS] - 1;
    int channels = passes[row + Pass.SEEN_CHANNELS];
    int lastColumn = columns(row) - 1;
    if (m > lastRow) {
      channels = 0; // beyond the last block
    }
    int windowHeight = passes[row + Pass.WINDOW_HEIGHT];
    int windowWidth = passes[row + Pass.WINDOW_WIDTH];
    int direction = passes[row + Pass.DIRECTION];
    int divisor = passes[row + Pass.DIVISOR];
    int height = passes[row + Pass.SEEN_HEIGHT];
    int width = passes[row + Pass.SEEN_WIDTH];
    int source = passes[row + Pass.RIGHT_SOURCE];
    int toMaxima = passes[row + Pass.SEEN_MAXIMA];
    int leftStride = passes[row + Pass.LEFT_STRIDE];
    int leftChannel = passes[row + Pass.LEFT_CHANNEL];
    int weight = passes[row + Pass.WEIGHT];
    int w0 = weight + min(m, lastRow) * leftStride;
    int w1 = weight + min(m + 1, lastRow) * leftStride;
    int w2 = weight + min(m + 2, lastRow) * leftStride;
    int w3 = weight + min(m + 3, lastRow) * leftStride;
    int w4 = weight + min(m + 4, lastRow) * leftStride;
    int w5 = weight + min(m + 5, lastRow) * leftStride;
    int w6 = weight + min(m + 6, lastRow) * leftStride;
    int w7 = weight + min(m + 7, lastRow) * leftStride;
    int step = passes[row + Pass.STEP];
    int origin = passes[row + Pass.ORIGIN];
    int c0 = min(column, lastColumn);
    int base0 = positionBase(row, c0);
    int top0 = positionY(row, inImage(row, c0)) * step + origin;
    int left0 = positionX(row, inImage(row, c0)) * step + origin;
    int c1 = min(column + 1, lastColumn);
    int base1 = positionBase(row, c1);
    int top1 = positionY(row, inImage(row, c1)) * step + origin;
    int left1 = positionX(row, inImage(row, c1)) * step + origin;
    int c2 = min(column + 2, lastColumn);
    int base2 = positionBase(row, c2);
    int top2 = positionY(row, inImage(row, c2)) * step + origin;
    int left2 = positionX(row, inImage(row, c2)) * step + origin;
    int c3 = min(column + 3, lastColumn);
    int base3 = positionBase(row, c3);
    int top3 = positionY(row, inImage(row, c3)) * step + origin;
    int left3 = positionX(row, inImage(row, c3)) * step + origin;
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
    for (int channel = getLocalId() % sharers; channel < channels; channel += sharers) {
      for (int i = 0; i < windowHeight; i++) {
        int y0 = quotient(top0 + direction * i, divisor);
        int y1 = quotient(top1 + direction * i, divisor);
        int y2 = quotient(top2 + direction * i, divisor);
        int y3 = quotient(top3 + direction * i, divisor);
        int corner0 = Pass.NONE;
        int corner1 = Pass.NONE;
        int corner2 = Pass.NONE;
        int corner3 = Pass.NONE;
        if (toMaxima != Pass.NONE) {
          corner0 = (y0 & 1) * 2;
          y0 = y0 >> 1;
          corner1 = (y1 & 1) * 2;
          y1 = y1 >> 1;
          corner2 = (y2 & 1) * 2;
          y2 = y2 >> 1;
          corner3 = (y3 & 1) * 2;
          y3 = y3 >> 1;
        }
        int line0 = line(base0, channel, y0, height, width);
        int line1 = line(base1, channel, y1, height, width);
        int line2 = line(base2, channel, y2, height, width);
        int line3 = line(base3, channel, y3, height, width);
        int w = channel * leftChannel + i * windowWidth;
        for (int j = 0; j < windowWidth; j++) {
          int x0 = quotient(left0 + direction * j, divisor);
          int x1 = quotient(left1 + direction * j, divisor);
          int x2 = quotient(left2 + direction * j, divisor);
          int x3 = quotient(left3 + direction * j, divisor);
          int at0 = corner0;
          int at1 = corner1;
          int at2 = corner2;
          int at3 = corner3;
          if (toMaxima != Pass.NONE) {
            at0 += x0 & 1;
            x0 = x0 >> 1;
            at1 += x1 & 1;
            x1 = x1 >> 1;
            at2 += x2 & 1;
            x2 = x2 >> 1;
            at3 += x3 & 1;
            x3 = x3 >> 1;
          }
          float b0 = right(source, line0, x0, width, at0, toMaxima);
          float b1 = right(source, line1, x1, width, at1, toMaxima);
          float b2 = right(source, line2, x2, width, at2, toMaxima);
          float b3 = right(source, line3, x3, width, at3, toMaxima);
          float a0 = leftElement(Source.PARAMETERS, w0 + w);
          float a1 = leftElement(Source.PARAMETERS, w1 + w);
          float a2 = leftElement(Source.PARAMETERS, w2 + w);
          float a3 = leftElement(Source.PARAMETERS, w3 + w);
          float a4 = leftElement(Source.PARAMETERS, w4 + w);
          float a5 = leftElement(Source.PARAMETERS, w5 + w);
          float a6 = leftElement(Source.PARAMETERS, w6 + w);
          float a7 = leftElement(Source.PARAMETERS, w7 + w);
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
          w++;
        }
      }
    }
    int own = getLocalId();
    slab[own] = s00;
    slab[own + GROUP] = s01;
    slab[own + 2 * GROUP] = s02;
    slab[own + 3 * GROUP] = s03;
    slab[own + 4 * GROUP] = s10;
    slab[own + 5 * GROUP] = s11;
    slab[own + 6 * GROUP] = s12;
    slab[own + 7 * GROUP] = s13;
    slab[own + 8 * GROUP] = s20;
    slab[own + 9 * GROUP] = s21;
    slab[own + 10 * GROUP] = s22;
    slab[own + 11 * GROUP] = s23;
    slab[own + 12 * GROUP] = s30;
    slab[own + 13 * GROUP] = s31;
    slab[own + 14 * GROUP] = s32;
    slab[own + 15 * GROUP] = s33;
    slab[own + 16 * GROUP] = s40;
    slab[own + 17 * GROUP] = s41;
    slab[own + 18 * GROUP] = s42;
    slab[own + 19 * GROUP] = s43;
    slab[own + 20 * GROUP] = s50;
    slab[own + 21 * GROUP] = s51;
    slab[own + 22 * GROUP] = s52;
    slab[own + 23 * GROUP] = s53;
    slab[own + 24 * GROUP] = s60;
    slab[own + 25 * GROUP] = s61;
    slab[own + 26 * GROUP] = s62;
    slab[own + 27 * GROUP] = s63;
    slab[own + 28 * GROUP] = s70;
    slab[own + 29 * GROUP] = s71;
    slab[own + 30 * GROUP] = s72;
    slab[own + 31 * GROUP] = s73;
  }

  /**
   * 4 x 4 gradients of filters: the columns are taps, the depth is run through as rows of the grid.
   * A dense layer has a grid of one position; there the images of the batch take the place of the
   * columns of the grid.
   */
  void filterBlock(int row, int unit) {
    int sharers = passes[row + Pass.SHARERS];
    int across = blocksAcross(row);
    int down = blocksDown(row);
    int block = unit * (GROUP / sharers) + getLocalId() / sharers;
    int column = block % across * BLOCK_COLUMNS;
    int m = block / across % down * FILTER_BLOCK_ROWS;
    int chunk = block / (across * down);
    int chunks = passes[row + Pass.CHUNKS];
    int filters = passes[row + Pass.ROWS];
    int gridHeight = passes[row + Pass.GRID_HEIGHT];
    int gridWidth = passes[row + Pass.GRID_WIDTH];
    int step = passes[row + Pass.STEP];
    int lines = batch * gridHeight;
    int leftStep = 1;
    int rightStep = step;
    int xEnd = passes[row + Pass.SEEN_WIDTH];
    if (gridHeight * gridWidth == 1) {
      lines = 1;
      gridWidth = batch;
      leftStep = filters;
      rightStep = passes[row + Pass.SEEN_SIZE];
      xEnd = batch * rightStep;
    }
    int to = 0;
    if (chunk < chunks) {
      to = lines * (chunk + 1) / chunks;
    }
    int origin = passes[row + Pass.ORIGIN];
    int height = passes[row + Pass.SEEN_HEIGHT];
    int width = passes[row + Pass.SEEN_WIDTH];
    int leftSource = passes[row + Pass.LEFT_SOURCE];
    int leftStride = passes[row + Pass.LEFT_STRIDE];
    int maxima = passes[row + Pass.MAXIMA];
    int toMaxima = maxima - passes[row + Pass.OUTPUT];
    int leftWidth = gridWidth;
    int linesWithGradient = gridHeight;
    if (maxima != Pass.NONE) {
      leftWidth = passes[row + Pass.POOL_WIDTH];
      gridWidth = 2 * leftWidth; // an odd height or width leaves some positions in no window
      linesWithGradient = 2 * passes[row + Pass.POOL_HEIGHT];
    }
    int bits = passes[row + Pass.TAP_BITS];
    int taps = passes[row + Pass.TAPS];
    int lastTap = passes[row + Pass.TAP_COUNT] - 1;
    int lastRow = filters - 1;
    int m0 = min(m, lastRow) * leftStride;
    int m1 = min(m + 1, lastRow) * leftStride;
    int m2 = min(m + 2, lastRow) * leftStride;
    int m3 = min(m + 3, lastRow) * leftStride;
    int tap0 = passes[taps + min(column, lastTap)];
    int tap1 = passes[taps + min(column + 1, lastTap)];
    int tap2 = passes[taps + min(column + 2, lastTap)];
    int tap3 = passes[taps + min(column + 3, lastTap)];
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
    for (int line = lines * chunk / chunks + getLocalId() % sharers; line < to; line += sharers) {
      int image = line / gridHeight;
      int y = line % gridHeight;
      int base = passes[row + Pass.SEEN] + image * passes[row + Pass.SEEN_SIZE];
      int line0 = line(base, channel0, y * step + i0, height, width);
      if (column > lastTap) {
        line0 = ONE;
      }
      int line1 = line(base, channel1, y * step + i1, height, width);
      if (column + 1 > lastTap) {
        line1 = ONE;
      }
      int line2 = line(base, channel2, y * step + i2, height, width);
      if (column + 2 > lastTap) {
        line2 = ONE;
      }
      int line3 = line(base, channel3, y * step + i3, height, width);
      if (column + 3 > lastTap) {
        line3 = ONE;
      }
      int gradients = passes[row + Pass.OUTPUT] + image * filters * leftStride;
      int corner = Pass.NONE;
      int end = gridWidth;
      if (y >= linesWithGradient) {
        end = 0;
      }
      if (maxima == Pass.NONE) {
        gradients += y * leftWidth;
      } else {
        gradients += (y >> 1) * leftWidth;
        corner = (y & 1) * 2;
      }
      for (int x = 0; x < end; x++) {
        int at = gradients + x * leftStep;
        int place = Pass.NONE;
        if (maxima != Pass.NONE) {
          at = gradients + (x >> 1);
          place = corner + (x & 1);
        }
        float a0 = left(leftSource, at + m0, place, toMaxima);
        float a1 = left(leftSource, at + m1, place, toMaxima);
        float a2 = left(leftSource, at + m2, place, toMaxima);
        float a3 = left(leftSource, at + m3, place, toMaxima);
        float b0 = right(Source.ACTIVATIONS, line0, x * rightStep + j0, xEnd, Pass.NONE, 0);
        float b1 = right(Source.ACTIVATIONS, line1, x * rightStep + j1, xEnd, Pass.NONE, 0);
        float b2 = right(Source.ACTIVATIONS, line2, x * rightStep + j2, xEnd, Pass.NONE, 0);
        float b3 = right(Source.ACTIVATIONS, line3, x * rightStep + j3, xEnd, Pass.NONE, 0);
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
    int own = getLocalId();
    slab[own] = s00;
    slab[own + GROUP] = s01;
    slab[own + 2 * GROUP] = s02;
    slab[own + 3 * GROUP] = s03;
    slab[own + 4 * GROUP] = s10;
    slab[own + 5 * GROUP] = s11;
    slab[own + 6 * GROUP] = s12;
    slab[own + 7 * GROUP] = s13;
    slab[own + 8 * GROUP] = s20;
    slab[own + 9 * GROUP] = s21;
    slab[own + 10 * GROUP] = s22;
    slab[own + 11 * GROUP] = s23;
    slab[own + 12 * GROUP] = s30;
    slab[own + 13 * GROUP] = s31;
    slab[own + 14 * GROUP] = s32;
    slab[own + 15 * GROUP] = s33;
  }
}
