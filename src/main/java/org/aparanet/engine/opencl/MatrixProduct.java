package org.aparanet.engine.opencl;

/**
 * A matrix product, which all heavy operations are.
 *
 * <pre>
 * left [rows, depth]   right [depth, columns]        result [rows, columns] = left * right
 * </pre>
 *
 * {@link ConvolutionForward}, {@link ConvolutionBackwardData} and {@link ConvolutionBackwardFilter}
 * say of what. {@link ProductPlan} chooses between {@link TileProduct} and {@link BlockProduct}.
 */
abstract class MatrixProduct extends TileProduct {

  /** The product of a row, and of the next one if both belong to the same pass. */
  void products(int row) {
    int first = units(row);
    int all = first;
    if (passes[row + Pass.CONTINUED] == 1) {
      all += units(row + Pass.LENGTH);
    }
    for (int unit = getGroupId(); unit < all; unit += getNumGroups()) {
      int own = row;
      int unitOfOwn = unit;
      if (unit >= first) {
        own = row + Pass.LENGTH;
        unitOfOwn = unit - first;
      }
      part(own, unitOfOwn);
      localBarrier();
      storeSums(own, unitOfOwn);
      localBarrier();
    }
  }

  /** Work-groups that a product has work for. */
  int units(int row) {
    int units = 0;
    if (passes[row + Pass.TILE_ROWS] == 0) {
      int blocksOfGroup = GROUP / passes[row + Pass.SHARERS];
      int blocks = blocksDown(row) * blocksAcross(row) * passes[row + Pass.CHUNKS];
      units = (blocks + blocksOfGroup - 1) / blocksOfGroup;
    } else {
      units = tilesDown(row) * tilesAcross(row) * passes[row + Pass.CHUNKS];
    }
    return units;
  }

  /** Computes one work-group's part of a product, and leaves the sums in local memory. */
  abstract void part(int row, int unit);

  /**
   * Writes the results whose sums the items have left in local memory. Items that share a block add
   * up its sums, each in a fixed order.
   */
  void storeSums(int row, int unit) {
    int item = getLocalId();
    int sharers = passes[row + Pass.SHARERS];
    int tileRows = passes[row + Pass.TILE_ROWS];
    int rows = blockRows(row);
    int m = 0;
    int column = 0;
    int chunk = 0;
    int step = 1;
    if (tileRows == 0) {
      int block = unit * (GROUP / sharers) + item / sharers;
      int across = blocksAcross(row);
      int down = blocksDown(row);
      column = block % across * BLOCK_COLUMNS;
      m = block / across % down * rows;
      chunk = block / (across * down);
    } else {
      int itemsAcross = passes[row + Pass.ITEMS_ACROSS];
      int down = tilesDown(row);
      int across = tilesAcross(row);
      rows = ITEM_ROWS;
      m = unit % down * tileRows + item / itemsAcross * ITEM_ROWS;
      column =
          columnOf(
              pooled(row),
              unit / down % across * itemsAcross * ITEM_COLUMNS,
              item % itemsAcross,
              itemsAcross);
      chunk = unit / (down * across);
      step = itemsAcross;
      if (item / itemsAcross * ITEM_ROWS >= tileRows) {
        chunk = passes[row + Pass.CHUNKS]; // a narrow tile's last items have no results
      }
    }
    int sharer = item % sharers;
    if (chunk < passes[row + Pass.CHUNKS]) {
      if (pooled(row) == 1) {
        int target = target(row, 0, column);
        for (int r = 0; r < rows; r++) {
          int at = item + r * BLOCK_COLUMNS * GROUP;
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
        int c = sharer / rows;
        int r = sharer % rows;
        int target = target(row, chunk, column + c * step);
        while (c < BLOCK_COLUMNS) {
          float sum = 0f;
          int at = (r * BLOCK_COLUMNS + c) * GROUP + item - sharer;
          for (int i = 0; i < sharers; i++) {
            // each item begins elsewhere, so that they do not wait for the same bank of local
            // memory
            sum += slab[at + ((i + sharer) & (sharers - 1))];
          }
          store(row, m + r, column + c * step, target, sum);
          r += sharers;
          if (r >= rows) {
            c += r / rows;
            r = r % rows;
            target = target(row, chunk, column + c * step);
          }
        }
      }
    }
  }
}
