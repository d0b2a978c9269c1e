package org.aparanet.engine.opencl.kernel;

/**
 * Matrix product in tiles of 64 x 128 or 32 x 256 results, or narrower ones; for large products.
 *
 * <p>A tile is computed by a work-group. It loads a slab of {@value #SLAB} rows of the operands
 * into local memory, where each element is used for 32 or more multiply-adds, and each work-item
 * accumulates 8 x 8 sums in registers. The eight columns of a work-item are as far apart as the
 * tile has work-items across, so that neighbouring work-items have neighbouring columns.
 */
abstract class TileProduct extends BlockProduct {
  /** Rows of the operands in local memory at a time. */
  public static final int SLAB = 16;

  /** Rows of a tile's result for each work-item. */
  public static final int ITEM_ROWS = 8;

  /** Columns of a tile's result for each work-item. */
  public static final int ITEM_COLUMNS = 8;

  /**
   * Distance in local memory between columns of a work-item: the most work-items of a tile across.
   * It is the same for every tile, so that it is an immediate offset of each load.
   */
  public static final int COLUMN_STRIDE = 32;

  /** Distance between the two halves of the right slab, of four columns of each work-item. */
  static final int HALF = BLOCK_COLUMNS * COLUMN_STRIDE;

  /** Distance between rows of the right slab, padded by two to avoid bank conflicts. */
  static final int RIGHT_WIDTH = 258;

  /** Distance between rows of the left slab, padded by two to avoid bank conflicts. */
  static final int LEFT_WIDTH = 66;

  /** Elements that a work-item loads at a time, so that the latencies overlap. */
  static final int IN_FLIGHT = 4;

  /** Rows of the left slab, or columns of the right one, that a work-group loads at a time. */
  static final int LOADED_ACROSS = GROUP / SLAB;

  /** Slab of the left operand [SLAB, rows of the tile]. */
  @Local final float[] leftSlab = new float[SLAB * LEFT_WIDTH];

  /** Loads the slab of the left operand into local memory, by {@link #leftRows}. */
  abstract void loadLeft(int source, int base, int firstRow, int lastRow, int stride, int tileRows);

  /**
   * Loads the slab of the right operand, of positions as columns, into local memory, by {@link
   * #rightColumns}.
   */
  abstract void loadRight(
      int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1);

  /**
   * Loads the slab of the right operand, of taps as columns, into local memory, by {@link
   * #tapColumns}.
   */
  abstract void loadTaps(int row, int firstColumn, int base, int seen);

  int tilesDown(int row) {
    int tileRows = passes[row + Pass.TILE_ROWS];
    return (passes[row + Pass.ROWS] + tileRows - 1) / tileRows;
  }

  int tilesAcross(int row) {
    int tileColumns = passes[row + Pass.ITEMS_ACROSS] * ITEM_COLUMNS;
    return (columns(row) + tileColumns - 1) / tileColumns;
  }

  void tile(int row, int workUnit) {
    int item = getLocalId();
    int operation = passes[row + Pass.OPERATION];
    int tileRows = passes[row + Pass.TILE_ROWS];
    int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
    int down = tilesDown(row);
    int across = tilesAcross(row);
    int firstRow = workUnit % down * tileRows;
    int firstColumn = workUnit / down % across * itemsAcross * ITEM_COLUMNS;
    int chunk = workUnit / (down * across);
    int chunks = passes[row + Pass.CHUNKS];
    int depth = depth(row);
    int slabs = (depth + SLAB - 1) / SLAB;
    int start = slabs * chunk / chunks * SLAB;
    int to = slabs * (chunk + 1) / chunks * SLAB;

    // read once and not for each slab, as far as registers suffice
    int lastRow = passes[row + Pass.ROWS] - 1;
    int stride = passes[row + Pass.LEFT_STRIDE];
    int offsets = passes[row + Pass.OFFSETS];

    // this work-item's part of the result
    int itemRow = item / itemsAcross * ITEM_ROWS;
    int itemColumn = item % itemsAcross;
    int steps = SLAB;
    if (itemRow >= tileRows) {
      steps = 0; // in a narrow tile the last work-items only load
    }

    // offsets and tap masks of this work-item's two columns of the right slab, if columns are
    // positions
    int base0 = 0;
    int seen0 = 0;
    int base1 = 0;
    int seen1 = 0;
    if (operation != Opcode.BACKWARD_FILTER) {
      for (int side = 0; side < 2; side++) {
        int first = firstColumn + side * itemsAcross * BLOCK_COLUMNS;
        int column = loadedColumn(row, first, itemsAcross);
        int inImage = inImage(row, column);
        int top = top(row, inImage);
        int left = left(row, inImage);
        base1 = positionBase(row, column) + seenPlace(row, top, left);
        seen1 = seenTaps(row, top, left);
        if (side == 0) {
          base0 = base1;
          seen0 = seen1;
        }
      }
    }

    // position whose row of the slab this work-item loads, if rows are positions
    int x = (start + item % SLAB) % passes[row + Pass.GRID_WIDTH];
    int line = (start + item % SLAB) / passes[row + Pass.GRID_WIDTH];
    int y = line % passes[row + Pass.GRID_HEIGHT];
    int image = line / passes[row + Pass.GRID_HEIGHT];
    float s00 = 0f;
    float s01 = 0f;
    float s02 = 0f;
    float s03 = 0f;
    float s04 = 0f;
    float s05 = 0f;
    float s06 = 0f;
    float s07 = 0f;
    float s10 = 0f;
    float s11 = 0f;
    float s12 = 0f;
    float s13 = 0f;
    float s14 = 0f;
    float s15 = 0f;
    float s16 = 0f;
    float s17 = 0f;
    float s20 = 0f;
    float s21 = 0f;
    float s22 = 0f;
    float s23 = 0f;
    float s24 = 0f;
    float s25 = 0f;
    float s26 = 0f;
    float s27 = 0f;
    float s30 = 0f;
    float s31 = 0f;
    float s32 = 0f;
    float s33 = 0f;
    float s34 = 0f;
    float s35 = 0f;
    float s36 = 0f;
    float s37 = 0f;
    float s40 = 0f;
    float s41 = 0f;
    float s42 = 0f;
    float s43 = 0f;
    float s44 = 0f;
    float s45 = 0f;
    float s46 = 0f;
    float s47 = 0f;
    float s50 = 0f;
    float s51 = 0f;
    float s52 = 0f;
    float s53 = 0f;
    float s54 = 0f;
    float s55 = 0f;
    float s56 = 0f;
    float s57 = 0f;
    float s60 = 0f;
    float s61 = 0f;
    float s62 = 0f;
    float s63 = 0f;
    float s64 = 0f;
    float s65 = 0f;
    float s66 = 0f;
    float s67 = 0f;
    float s70 = 0f;
    float s71 = 0f;
    float s72 = 0f;
    float s73 = 0f;
    float s74 = 0f;
    float s75 = 0f;
    float s76 = 0f;
    float s77 = 0f;
    for (int from = start; from < to; from += SLAB) {
      int k = from + item % SLAB;
      int base = Pass.NONE;
      if (operation == Opcode.BACKWARD_FILTER) {
        if (k < depth) {
          base = passes[row + Pass.GRADIENT] + image * lastRow * stride + k;
        }
      } else {
        if (k < depth) {
          base = passes[row + Pass.WEIGHT] + passes[passes[row + Pass.LEFT_OFFSETS] + k];
        }
      }
      loadLeft(passes[row + Pass.LEFT_SOURCE], base, firstRow, lastRow, stride, tileRows);
      if (operation == Opcode.BACKWARD_FILTER) {
        // past the last image the left operand is 0
        tapSlab(row, firstColumn, min(image, batch - 1), y, x);
        int gridWidth = passes[row + Pass.GRID_WIDTH];
        int gridHeight = passes[row + Pass.GRID_HEIGHT];
        x += SLAB % gridWidth;
        y += SLAB / gridWidth % gridHeight;
        image += SLAB / gridWidth / gridHeight;
        if (x >= gridWidth) {
          x -= gridWidth;
          y++;
        }
        if (y >= gridHeight) {
          y -= gridHeight;
          image++;
        }
      } else {
        if (offsets == Pass.NONE) {
          rightColumn(row, from, firstColumn, itemsAcross);
        } else {
          loadRight(
              passes[row + Pass.RIGHT_SOURCE],
              offsets + from,
              itemsAcross,
              base0,
              seen0,
              base1,
              seen1);
        }
      }
      localBarrier();
      int a = itemRow;
      int b = itemColumn;
      // unrolled by four, over which the sums keep their registers
      for (int step = 0; step < steps; step += 4) {
        float b0 = slab[b];
        float b1 = slab[b + COLUMN_STRIDE];
        float b2 = slab[b + 2 * COLUMN_STRIDE];
        float b3 = slab[b + 3 * COLUMN_STRIDE];
        float b4 = slab[b + 4 * COLUMN_STRIDE];
        float b5 = slab[b + 5 * COLUMN_STRIDE];
        float b6 = slab[b + 6 * COLUMN_STRIDE];
        float b7 = slab[b + 7 * COLUMN_STRIDE];
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
        s04 += a0 * b4;
        s05 += a0 * b5;
        s06 += a0 * b6;
        s07 += a0 * b7;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s14 += a1 * b4;
        s15 += a1 * b5;
        s16 += a1 * b6;
        s17 += a1 * b7;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s24 += a2 * b4;
        s25 += a2 * b5;
        s26 += a2 * b6;
        s27 += a2 * b7;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
        s34 += a3 * b4;
        s35 += a3 * b5;
        s36 += a3 * b6;
        s37 += a3 * b7;
        s40 += a4 * b0;
        s41 += a4 * b1;
        s42 += a4 * b2;
        s43 += a4 * b3;
        s44 += a4 * b4;
        s45 += a4 * b5;
        s46 += a4 * b6;
        s47 += a4 * b7;
        s50 += a5 * b0;
        s51 += a5 * b1;
        s52 += a5 * b2;
        s53 += a5 * b3;
        s54 += a5 * b4;
        s55 += a5 * b5;
        s56 += a5 * b6;
        s57 += a5 * b7;
        s60 += a6 * b0;
        s61 += a6 * b1;
        s62 += a6 * b2;
        s63 += a6 * b3;
        s64 += a6 * b4;
        s65 += a6 * b5;
        s66 += a6 * b6;
        s67 += a6 * b7;
        s70 += a7 * b0;
        s71 += a7 * b1;
        s72 += a7 * b2;
        s73 += a7 * b3;
        s74 += a7 * b4;
        s75 += a7 * b5;
        s76 += a7 * b6;
        s77 += a7 * b7;
        b0 = slab[b + RIGHT_WIDTH];
        b1 = slab[b + RIGHT_WIDTH + COLUMN_STRIDE];
        b2 = slab[b + RIGHT_WIDTH + 2 * COLUMN_STRIDE];
        b3 = slab[b + RIGHT_WIDTH + 3 * COLUMN_STRIDE];
        b4 = slab[b + RIGHT_WIDTH + 4 * COLUMN_STRIDE];
        b5 = slab[b + RIGHT_WIDTH + 5 * COLUMN_STRIDE];
        b6 = slab[b + RIGHT_WIDTH + 6 * COLUMN_STRIDE];
        b7 = slab[b + RIGHT_WIDTH + 7 * COLUMN_STRIDE];
        a0 = leftSlab[a + LEFT_WIDTH];
        a1 = leftSlab[a + LEFT_WIDTH + 1];
        a2 = leftSlab[a + LEFT_WIDTH + 2];
        a3 = leftSlab[a + LEFT_WIDTH + 3];
        a4 = leftSlab[a + LEFT_WIDTH + 4];
        a5 = leftSlab[a + LEFT_WIDTH + 5];
        a6 = leftSlab[a + LEFT_WIDTH + 6];
        a7 = leftSlab[a + LEFT_WIDTH + 7];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s04 += a0 * b4;
        s05 += a0 * b5;
        s06 += a0 * b6;
        s07 += a0 * b7;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s14 += a1 * b4;
        s15 += a1 * b5;
        s16 += a1 * b6;
        s17 += a1 * b7;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s24 += a2 * b4;
        s25 += a2 * b5;
        s26 += a2 * b6;
        s27 += a2 * b7;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
        s34 += a3 * b4;
        s35 += a3 * b5;
        s36 += a3 * b6;
        s37 += a3 * b7;
        s40 += a4 * b0;
        s41 += a4 * b1;
        s42 += a4 * b2;
        s43 += a4 * b3;
        s44 += a4 * b4;
        s45 += a4 * b5;
        s46 += a4 * b6;
        s47 += a4 * b7;
        s50 += a5 * b0;
        s51 += a5 * b1;
        s52 += a5 * b2;
        s53 += a5 * b3;
        s54 += a5 * b4;
        s55 += a5 * b5;
        s56 += a5 * b6;
        s57 += a5 * b7;
        s60 += a6 * b0;
        s61 += a6 * b1;
        s62 += a6 * b2;
        s63 += a6 * b3;
        s64 += a6 * b4;
        s65 += a6 * b5;
        s66 += a6 * b6;
        s67 += a6 * b7;
        s70 += a7 * b0;
        s71 += a7 * b1;
        s72 += a7 * b2;
        s73 += a7 * b3;
        s74 += a7 * b4;
        s75 += a7 * b5;
        s76 += a7 * b6;
        s77 += a7 * b7;
        b0 = slab[b + 2 * RIGHT_WIDTH];
        b1 = slab[b + 2 * RIGHT_WIDTH + COLUMN_STRIDE];
        b2 = slab[b + 2 * RIGHT_WIDTH + 2 * COLUMN_STRIDE];
        b3 = slab[b + 2 * RIGHT_WIDTH + 3 * COLUMN_STRIDE];
        b4 = slab[b + 2 * RIGHT_WIDTH + 4 * COLUMN_STRIDE];
        b5 = slab[b + 2 * RIGHT_WIDTH + 5 * COLUMN_STRIDE];
        b6 = slab[b + 2 * RIGHT_WIDTH + 6 * COLUMN_STRIDE];
        b7 = slab[b + 2 * RIGHT_WIDTH + 7 * COLUMN_STRIDE];
        a0 = leftSlab[a + 2 * LEFT_WIDTH];
        a1 = leftSlab[a + 2 * LEFT_WIDTH + 1];
        a2 = leftSlab[a + 2 * LEFT_WIDTH + 2];
        a3 = leftSlab[a + 2 * LEFT_WIDTH + 3];
        a4 = leftSlab[a + 2 * LEFT_WIDTH + 4];
        a5 = leftSlab[a + 2 * LEFT_WIDTH + 5];
        a6 = leftSlab[a + 2 * LEFT_WIDTH + 6];
        a7 = leftSlab[a + 2 * LEFT_WIDTH + 7];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s04 += a0 * b4;
        s05 += a0 * b5;
        s06 += a0 * b6;
        s07 += a0 * b7;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s14 += a1 * b4;
        s15 += a1 * b5;
        s16 += a1 * b6;
        s17 += a1 * b7;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s24 += a2 * b4;
        s25 += a2 * b5;
        s26 += a2 * b6;
        s27 += a2 * b7;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
        s34 += a3 * b4;
        s35 += a3 * b5;
        s36 += a3 * b6;
        s37 += a3 * b7;
        s40 += a4 * b0;
        s41 += a4 * b1;
        s42 += a4 * b2;
        s43 += a4 * b3;
        s44 += a4 * b4;
        s45 += a4 * b5;
        s46 += a4 * b6;
        s47 += a4 * b7;
        s50 += a5 * b0;
        s51 += a5 * b1;
        s52 += a5 * b2;
        s53 += a5 * b3;
        s54 += a5 * b4;
        s55 += a5 * b5;
        s56 += a5 * b6;
        s57 += a5 * b7;
        s60 += a6 * b0;
        s61 += a6 * b1;
        s62 += a6 * b2;
        s63 += a6 * b3;
        s64 += a6 * b4;
        s65 += a6 * b5;
        s66 += a6 * b6;
        s67 += a6 * b7;
        s70 += a7 * b0;
        s71 += a7 * b1;
        s72 += a7 * b2;
        s73 += a7 * b3;
        s74 += a7 * b4;
        s75 += a7 * b5;
        s76 += a7 * b6;
        s77 += a7 * b7;
        b0 = slab[b + 3 * RIGHT_WIDTH];
        b1 = slab[b + 3 * RIGHT_WIDTH + COLUMN_STRIDE];
        b2 = slab[b + 3 * RIGHT_WIDTH + 2 * COLUMN_STRIDE];
        b3 = slab[b + 3 * RIGHT_WIDTH + 3 * COLUMN_STRIDE];
        b4 = slab[b + 3 * RIGHT_WIDTH + 4 * COLUMN_STRIDE];
        b5 = slab[b + 3 * RIGHT_WIDTH + 5 * COLUMN_STRIDE];
        b6 = slab[b + 3 * RIGHT_WIDTH + 6 * COLUMN_STRIDE];
        b7 = slab[b + 3 * RIGHT_WIDTH + 7 * COLUMN_STRIDE];
        a0 = leftSlab[a + 3 * LEFT_WIDTH];
        a1 = leftSlab[a + 3 * LEFT_WIDTH + 1];
        a2 = leftSlab[a + 3 * LEFT_WIDTH + 2];
        a3 = leftSlab[a + 3 * LEFT_WIDTH + 3];
        a4 = leftSlab[a + 3 * LEFT_WIDTH + 4];
        a5 = leftSlab[a + 3 * LEFT_WIDTH + 5];
        a6 = leftSlab[a + 3 * LEFT_WIDTH + 6];
        a7 = leftSlab[a + 3 * LEFT_WIDTH + 7];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s04 += a0 * b4;
        s05 += a0 * b5;
        s06 += a0 * b6;
        s07 += a0 * b7;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s14 += a1 * b4;
        s15 += a1 * b5;
        s16 += a1 * b6;
        s17 += a1 * b7;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s24 += a2 * b4;
        s25 += a2 * b5;
        s26 += a2 * b6;
        s27 += a2 * b7;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
        s34 += a3 * b4;
        s35 += a3 * b5;
        s36 += a3 * b6;
        s37 += a3 * b7;
        s40 += a4 * b0;
        s41 += a4 * b1;
        s42 += a4 * b2;
        s43 += a4 * b3;
        s44 += a4 * b4;
        s45 += a4 * b5;
        s46 += a4 * b6;
        s47 += a4 * b7;
        s50 += a5 * b0;
        s51 += a5 * b1;
        s52 += a5 * b2;
        s53 += a5 * b3;
        s54 += a5 * b4;
        s55 += a5 * b5;
        s56 += a5 * b6;
        s57 += a5 * b7;
        s60 += a6 * b0;
        s61 += a6 * b1;
        s62 += a6 * b2;
        s63 += a6 * b3;
        s64 += a6 * b4;
        s65 += a6 * b5;
        s66 += a6 * b6;
        s67 += a6 * b7;
        s70 += a7 * b0;
        s71 += a7 * b1;
        s72 += a7 * b2;
        s73 += a7 * b3;
        s74 += a7 * b4;
        s75 += a7 * b5;
        s76 += a7 * b6;
        s77 += a7 * b7;
        a += 4 * LEFT_WIDTH;
        b += 4 * RIGHT_WIDTH;
      }
      localBarrier();
    }
    // sums are stored through local memory, which holds half of them
    for (int side = 0; side < 2; side++) {
      if (side == 0) {
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
      if (side == 1) {
        slab[item] = s04;
        slab[item + GROUP] = s05;
        slab[item + 2 * GROUP] = s06;
        slab[item + 3 * GROUP] = s07;
        slab[item + 4 * GROUP] = s14;
        slab[item + 5 * GROUP] = s15;
        slab[item + 6 * GROUP] = s16;
        slab[item + 7 * GROUP] = s17;
        slab[item + 8 * GROUP] = s24;
        slab[item + 9 * GROUP] = s25;
        slab[item + 10 * GROUP] = s26;
        slab[item + 11 * GROUP] = s27;
        slab[item + 12 * GROUP] = s34;
        slab[item + 13 * GROUP] = s35;
        slab[item + 14 * GROUP] = s36;
        slab[item + 15 * GROUP] = s37;
        slab[item + 16 * GROUP] = s44;
        slab[item + 17 * GROUP] = s45;
        slab[item + 18 * GROUP] = s46;
        slab[item + 19 * GROUP] = s47;
        slab[item + 20 * GROUP] = s54;
        slab[item + 21 * GROUP] = s55;
        slab[item + 22 * GROUP] = s56;
        slab[item + 23 * GROUP] = s57;
        slab[item + 24 * GROUP] = s64;
        slab[item + 25 * GROUP] = s65;
        slab[item + 26 * GROUP] = s66;
        slab[item + 27 * GROUP] = s67;
        slab[item + 28 * GROUP] = s74;
        slab[item + 29 * GROUP] = s75;
        slab[item + 30 * GROUP] = s76;
        slab[item + 31 * GROUP] = s77;
      }
      localBarrier();
      storeTile(row, workUnit, side);
      localBarrier();
    }
  }

  /** Writes one half of a tile's results, four columns of each work-item. */
  void storeTile(int row, int workUnit, int side) {
    int item = getLocalId();
    int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
    int tileRows = passes[row + Pass.TILE_ROWS];
    int down = tilesDown(row);
    int across = tilesAcross(row);
    int itemRow = item / itemsAcross * ITEM_ROWS;
    int m = workUnit % down * tileRows + itemRow;
    int first = (workUnit / down % across * 2 + side) * itemsAcross * BLOCK_COLUMNS;
    int chunk = workUnit / (down * across);
    if (itemRow < tileRows) {
      if (pooled(row) == 1) {
        int target = target(row, 0, first + item % itemsAcross * BLOCK_COLUMNS);
        for (int r = 0; r < ITEM_ROWS; r++) {
          int at = r * BLOCK_COLUMNS * GROUP + item;
          storePooled(
              row,
              m + r,
              target,
              slab[at],
              slab[at + GROUP],
              slab[at + 2 * GROUP],
              slab[at + 3 * GROUP]);
        }
      } else {
        for (int c = 0; c < BLOCK_COLUMNS; c++) {
          int column = first + c * itemsAcross + item % itemsAcross;
          int target = target(row, chunk, column);
          for (int r = 0; r < ITEM_ROWS; r++) {
            store(row, m + r, column, target, slab[(r * BLOCK_COLUMNS + c) * GROUP + item]);
          }
        }
      }
    }
  }

  /**
   * Column of a half that this work-item loads. In front of a max-pool the four columns of a window
   * belong to one work-item.
   */
  int loadedColumn(int row, int first, int itemsAcross) {
    int place = getLocalId() % (itemsAcross * BLOCK_COLUMNS);
    int column = first + place;
    if (pooled(row) == 1) {
      column = first + place % itemsAcross * BLOCK_COLUMNS + place / itemsAcross;
    }
    return min(column, columns(row) - 1);
  }

  /**
   * Loads this work-item's part of the left slab. Neighbouring work-items load neighbouring k, so
   * that the loads are coalesced.
   *
   * @param base offset of the row; {@link Pass#NONE} past the depth, where all is 0
   */
  void leftRows(float[] source, int base, int firstRow, int lastRow, int stride, int tileRows) {
    int from = max(base, 0);
    int m = firstRow + getLocalId() / SLAB;
    int at = getLocalId() % SLAB * LEFT_WIDTH + getLocalId() / SLAB;
    for (int loaded = 0; loaded < tileRows; loaded += IN_FLIGHT * LOADED_ACROSS) {
      float v0 = source[from + min(m, lastRow) * stride];
      float v1 = source[from + min(m + LOADED_ACROSS, lastRow) * stride];
      float v2 = source[from + min(m + 2 * LOADED_ACROSS, lastRow) * stride];
      float v3 = source[from + min(m + 3 * LOADED_ACROSS, lastRow) * stride];
      if (base < 0) {
        v0 = 0f;
        v1 = 0f;
        v2 = 0f;
        v3 = 0f;
      }
      leftSlab[at] = v0;
      leftSlab[at + LOADED_ACROSS] = v1;
      leftSlab[at + 2 * LOADED_ACROSS] = v2;
      leftSlab[at + 3 * LOADED_ACROSS] = v3;
      m += IN_FLIGHT * LOADED_ACROSS;
      at += IN_FLIGHT * LOADED_ACROSS;
    }
  }

  /**
   * Loads this work-item's part of two columns of the right slab, one in each half; columns are
   * positions, rows are taps.
   *
   * @param table offset of the slab's entries of {@link Taps#offsets}
   * @param base0 offset from which {@link Taps#offsets} counts for the first half's column
   * @param seen0 mask of {@link #seenTaps} of the first half's column
   */
  void rightColumns(
      float[] source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1) {
    // tiles of positions are never narrowed: they have 16 or 32 work-items across
    int shift = 4 + itemsAcross / COLUMN_STRIDE;
    int step = COLUMN_STRIDE >> shift;
    int place = getLocalId() & ((BLOCK_COLUMNS << shift) - 1);
    int first = getLocalId() >> (shift + 2);
    int at = (place >> shift) * COLUMN_STRIDE + (place & (itemsAcross - 1)) + first * RIGHT_WIDTH;
    for (int k = table + first; k < table + SLAB; k += IN_FLIGHT * step) {
      int tap0 = passes[k];
      int tap1 = passes[k + step];
      int tap2 = passes[k + 2 * step];
      int tap3 = passes[k + 3 * step];
      float v0 = 0f;
      float w0 = 0f;
      float v1 = 0f;
      float w1 = 0f;
      float v2 = 0f;
      float w2 = 0f;
      float v3 = 0f;
      float w3 = 0f;
      if (seen0 << (tap0 & Taps.WINDOW) < 0) {
        v0 = source[base0 + (tap0 >> Taps.WINDOW_BITS)];
      }
      if (seen1 << (tap0 & Taps.WINDOW) < 0) {
        w0 = source[base1 + (tap0 >> Taps.WINDOW_BITS)];
      }
      if (seen0 << (tap1 & Taps.WINDOW) < 0) {
        v1 = source[base0 + (tap1 >> Taps.WINDOW_BITS)];
      }
      if (seen1 << (tap1 & Taps.WINDOW) < 0) {
        w1 = source[base1 + (tap1 >> Taps.WINDOW_BITS)];
      }
      if (seen0 << (tap2 & Taps.WINDOW) < 0) {
        v2 = source[base0 + (tap2 >> Taps.WINDOW_BITS)];
      }
      if (seen1 << (tap2 & Taps.WINDOW) < 0) {
        w2 = source[base1 + (tap2 >> Taps.WINDOW_BITS)];
      }
      if (seen0 << (tap3 & Taps.WINDOW) < 0) {
        v3 = source[base0 + (tap3 >> Taps.WINDOW_BITS)];
      }
      if (seen1 << (tap3 & Taps.WINDOW) < 0) {
        w3 = source[base1 + (tap3 >> Taps.WINDOW_BITS)];
      }
      slab[at] = v0;
      slab[at + HALF] = w0;
      slab[at + step * RIGHT_WIDTH] = v1;
      slab[at + step * RIGHT_WIDTH + HALF] = w1;
      slab[at + 2 * step * RIGHT_WIDTH] = v2;
      slab[at + 2 * step * RIGHT_WIDTH + HALF] = w2;
      slab[at + 3 * step * RIGHT_WIDTH] = v3;
      slab[at + 3 * step * RIGHT_WIDTH + HALF] = w3;
      at += IN_FLIGHT * step * RIGHT_WIDTH;
    }
  }

  /** {@link #rightColumns} for windows of more taps than a mask has bits, by single elements. */
  void rightColumn(int row, int from, int firstColumn, int itemsAcross) {
    int halfColumns = itemsAcross * BLOCK_COLUMNS;
    int place = getLocalId() % halfColumns;
    int taps = passes[row + Pass.TAPS] + from;
    int at = place / itemsAcross * COLUMN_STRIDE + place % itemsAcross;
    for (int first = firstColumn; first < firstColumn + 2 * halfColumns; first += halfColumns) {
      int column = loadedColumn(row, first, itemsAcross);
      int inImage = inImage(row, column);
      int base = positionBase(row, column);
      int top = top(row, inImage);
      int left = left(row, inImage);
      for (int k = getLocalId() / halfColumns; k < SLAB; k += GROUP / halfColumns) {
        slab[at + k * RIGHT_WIDTH] = seenElement(row, passes[taps + k], base, top, left);
      }
      at += HALF;
    }
  }

  /** Loads this work-item's part of a row of the right slab, of taps as columns, at a position. */
  void tapSlab(int row, int firstColumn, int image, int y, int x) {
    int base = passes[row + Pass.IMAGE] + image * passes[row + Pass.IMAGE_SIZE];
    int top = y * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
    int left = x * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
    if (passes[row + Pass.OFFSETS] == Pass.NONE) {
      tapRow(row, firstColumn, base, top, left);
    } else {
      base += top * passes[row + Pass.IMAGE_WIDTH] + left;
      loadTaps(row, firstColumn, base, seenTaps(row, top, left));
    }
  }

  /**
   * Loads this work-item's part of a row of the right slab; columns are taps, the last one the
   * bias, and rows are positions, which are contiguous in memory.
   *
   * @param base offset from which {@link Taps#offsets} counts for the position
   * @param seen mask of {@link #seenTaps}
   */
  void tapColumns(float[] source, int row, int firstColumn, int base, int seen) {
    int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
    int table = passes[row + Pass.OFFSETS];
    // for odd c the columns of each pair are swapped, to avoid bank conflicts
    int c = getLocalId() / SLAB;
    int odd = c & 1;
    int at = getLocalId() % SLAB * RIGHT_WIDTH + c * COLUMN_STRIDE + odd;
    int column = firstColumn + c * itemsAcross + odd;
    int towards = 1 - 2 * odd;
    for (int loaded = 0; loaded < itemsAcross; loaded += IN_FLIGHT) {
      int tap0 = passes[table + column];
      int tap1 = passes[table + column + towards];
      int tap2 = passes[table + column + 2];
      int tap3 = passes[table + column + 2 + towards];
      float v0 = 0f;
      float v1 = 0f;
      float v2 = 0f;
      float v3 = 0f;
      if (seen << (tap0 & Taps.WINDOW) < 0) {
        v0 = source[base + (tap0 >> Taps.WINDOW_BITS)];
      }
      if (seen << (tap1 & Taps.WINDOW) < 0) {
        v1 = source[base + (tap1 >> Taps.WINDOW_BITS)];
      }
      if (seen << (tap2 & Taps.WINDOW) < 0) {
        v2 = source[base + (tap2 >> Taps.WINDOW_BITS)];
      }
      if (seen << (tap3 & Taps.WINDOW) < 0) {
        v3 = source[base + (tap3 >> Taps.WINDOW_BITS)];
      }
      slab[at] = v0;
      slab[at + towards] = v1;
      slab[at + 2] = v2;
      slab[at + 2 + towards] = v3;
      at += IN_FLIGHT;
      column += IN_FLIGHT;
    }
    int bias = passes[row + Pass.TAP_COUNT] - firstColumn - c * itemsAcross;
    if (bias >= 0 && bias < itemsAcross) {
      slab[getLocalId() % SLAB * RIGHT_WIDTH + c * COLUMN_STRIDE + bias] = 1f;
    }
  }

  /** {@link #tapColumns} for windows of more taps than a mask has bits, by single elements. */
  void tapRow(int row, int firstColumn, int base, int top, int left) {
    int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
    int lastTap = passes[row + Pass.TAP_COUNT] - 1;
    int c = getLocalId() / SLAB;
    int column = firstColumn + c * itemsAcross;
    int at = getLocalId() % SLAB * RIGHT_WIDTH + c * COLUMN_STRIDE;
    for (int i = 0; i < itemsAcross; i++) {
      float value =
          seenElement(
              row, passes[passes[row + Pass.TAPS] + min(column + i, lastTap)], base, top, left);
      if (column + i > lastTap) {
        value = 1f;
      }
      slab[at + i] = value;
    }
  }
}
