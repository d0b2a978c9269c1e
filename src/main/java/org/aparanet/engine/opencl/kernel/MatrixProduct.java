package org.aparanet.engine.opencl.kernel;

/**
 * Matrix product, the form of all convolutions, dense layers and their gradients.
 *
 * <pre>
 * left [rows, depth]   right [depth, columns]        result [rows, columns] = left * right
 * </pre>
 *
 * {@link ConvolutionForward}, {@link ConvolutionBackwardData} and {@link ConvolutionBackwardFilter}
 * define the operands. {@code ProductShape} chooses between {@link TileProduct} and {@link
 * BlockProduct}.
 */
public abstract class MatrixProduct extends TileProduct {

  /** Computes the products of all rows of a pass. */
  void products(int row) {
    int workUnits = workUnitsOfPass(row);
    for (int workUnit = getGroupId(); workUnit < workUnits; workUnit += getNumGroups()) {
      int own = ownRow(row, workUnit, 0);
      int workUnitOfRow = ownWorkUnit(row, workUnit);
      computeGroup(own, workUnitOfRow);
      localBarrier();
      storeSums(own, workUnitOfRow);
      localBarrier();
    }
  }

  /** Work units of all rows of a pass, of a work-group each; of a chain those of one link. */
  int workUnitsOfPass(int firstRow) {
    int row = firstRow;
    int workUnits = workUnits(row);
    while (passes[row + Pass.CONTINUED] == 1 && passes[firstRow + Pass.LINKS] == 0) {
      row += Pass.LENGTH;
      workUnits += workUnits(row);
    }
    return workUnits;
  }

  /** Row of a pass that a work unit belongs to. */
  int ownRow(int firstRow, int workUnit, int link) {
    int row = firstRow + link * Pass.LENGTH;
    int rest = workUnit - workUnits(row);
    while (rest >= 0) {
      row += Pass.LENGTH;
      rest -= workUnits(row);
    }
    return row;
  }

  /** Number of a work unit within its row. */
  int ownWorkUnit(int firstRow, int workUnit) {
    int row = firstRow;
    int own = workUnit;
    int workUnits = workUnits(row);
    while (own >= workUnits) {
      own -= workUnits;
      row += Pass.LENGTH;
      workUnits = workUnits(row);
    }
    return own;
  }

  /** Work units of a product. */
  int workUnits(int row) {
    int workUnits = 0;
    if (passes[row + Pass.TILE_ROWS] == 0) {
      int blocksOfGroup = GROUP / passes[row + Pass.SHARERS];
      int blocks = blocksDown(row) * blocksAcross(row) * passes[row + Pass.CHUNKS];
      workUnits = (blocks + blocksOfGroup - 1) / blocksOfGroup;
    } else {
      workUnits = tilesDown(row) * tilesAcross(row) * passes[row + Pass.CHUNKS];
    }
    if (passes[row + Pass.LINKS] > 0) {
      workUnits = blocksAcross(row);
    }
    return workUnits;
  }

  /**
   * Computes one work unit of a product. A tile writes its results; blocks leave their sums in
   * local memory.
   */
  abstract void computeGroup(int row, int workUnit);

  /**
   * Writes the results of blocks from the sums in local memory. The work-items that share a block
   * add up its sums in a fixed order.
   */
  void storeSums(int row, int workUnit) {
    int sharers = passes[row + Pass.SHARERS];
    int sharer = getLocalId() % sharers;
    int rows = blockRows(row);
    int across = blocksAcross(row);
    int down = blocksDown(row);
    int block = ownBlock(row, workUnit, sharers, across);
    int m = block / across % down * rows;
    int chunk = block / (across * down);
    int column = blockColumn(row, block % across, across);
    int step = blockStep(row, block % across, across);
    if (passes[row + Pass.TILE_ROWS] == 0 && chunk < passes[row + Pass.CHUNKS]) {
      if (pooled(row) == 1) {
        int target = target(row, 0, column);
        for (int r = sharer; r < rows; r += sharers) {
          int at = r * BLOCK_COLUMNS * GROUP;
          storePooled(
              row,
              m + r,
              target,
              sharedSum(at, sharers),
              sharedSum(at + GROUP, sharers),
              sharedSum(at + 2 * GROUP, sharers),
              sharedSum(at + 3 * GROUP, sharers));
        }
      } else {
        int c = sharer / rows;
        int r = sharer % rows;
        int target = target(row, chunk, column + c * step);
        while (c < BLOCK_COLUMNS) {
          float sum = sharedSum((r * BLOCK_COLUMNS + c) * GROUP, sharers);
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

  /** Sum over the work-items that share a block, of one of its results. */
  float sharedSum(int at, int sharers) {
    int sharer = getLocalId() % sharers;
    int first = at + getLocalId() - sharer;
    float sum = 0f;
    for (int i = 0; i < sharers; i++) {
      // each work-item begins at another index, to avoid bank conflicts
      sum += slab[first + ((i + sharer) & (sharers - 1))];
    }
    return sum;
  }
}
