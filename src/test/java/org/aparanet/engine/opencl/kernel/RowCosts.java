package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.model.Network;

/**
 * Costs of the rows of a pass table, from the loops of the kernels: how often each runs, times how
 * many instructions it has on an NVIDIA card.
 *
 * <p>The counts are those of the machine code that ptxas made of the loops for compute capability
 * 9.0: most as it stood in copies of the kernels in which these loops were first tried, the
 * innermost loop of a tile as it is. Cycles are instructions that depend on one another, and waits
 * for memory: about 300 for what nothing else overlaps with.
 */
final class RowCosts {
  private static final int WARPS = MatrixProduct.GROUP / 32;

  /** The registers of a work-item are so many that no more work-groups fit a unit. */
  private static final int RESIDENT = 3;

  // a tile, for each slab
  private static final double LEFT_ELEMENT = 7;
  private static final double RIGHT_ELEMENT = 15;
  private static final double LEFT_SLAB = 30;
  private static final double POSITIONS_SLAB = 100;
  private static final double TAPS_SLAB = 170;
  private static final double FOUR_STEPS = 325; // 256 of them multiply-adds
  private static final double LEFT_WAIT = 300; // for four elements in flight
  private static final double RIGHT_WAIT = 330;
  private static final double SLAB_CYCLES = 1900;

  // a tile, once
  private static final double TILE_ENDS = 5000;
  private static final double TILE_CYCLES = 4000;

  // a block
  private static final double TAP = 90;
  private static final double TAP_CYCLES = 330;
  private static final double BLOCK_BEGINS = 600;
  private static final double POOLED_STORE = 730;
  private static final double SUM_STORE = 60;
  private static final double STORE = 200;
  private static final double POSITION = 81;
  private static final double POSITION_CYCLES = 350;
  private static final double FILTER_ENDS = 1500;
  private static final double BLOCK_CYCLES = 3000;
  private static final double SHARER_CYCLES = 30;

  // passes over arrays, for each element
  private static final double ELEMENT = 60;
  private static final double ELEMENT_CYCLES = 1000;
  private static final double CHUNK_OF_SUM = 8;
  private static final double CHUNK_OF_GRADIENT = 10;
  private static final double CHUNK_CYCLES = 42; // eight are in flight, and added one by one
  private static final double PASS_BEGINS = 100;

  private final TrainingKernel kernel = new TrainingKernel();
  private final int[] values;
  private final int batch;
  private final int inputSize;
  private final double items;
  private final int groups;

  /**
   * @param groups work-groups of each launch
   */
  RowCosts(PassTable table, Network network, int batch, int groups) {
    values = table.values();
    kernel.passes = values;
    kernel.batch = batch;
    this.batch = batch;
    this.groups = groups;
    inputSize = network.input().size();
    items = (double) groups * MatrixProduct.GROUP;
  }

  /**
   * @param row index of the row's first element
   */
  RowCost of(int row) {
    int operation = values[row + Pass.OPERATION];
    if (operation <= Opcode.LAST_PRODUCT) {
      return values[row + Pass.TILE_ROWS] > 0
          ? tiles(row)
          : operation == Opcode.BACKWARD_FILTER ? filterBlocks(row) : positionBlocks(row);
    }
    int chunks = values[row + Pass.CHUNKS];
    return switch (operation) {
      case Opcode.GATHER -> gather();
      case Opcode.FINISH_IMAGES -> finishImages(row);
      case Opcode.FINISH_OUTPUTS ->
          elements(
              (double) batch * values[row + Pass.ROWS] * values[row + Pass.COLUMNS],
              ELEMENT + CHUNK_OF_SUM * chunks,
              600 + CHUNK_CYCLES * chunks,
              Float.BYTES * (chunks + 1));
      case Opcode.UPDATE ->
          elements(
              values[row + Pass.PARTIAL_STRIDE],
              ELEMENT + CHUNK_OF_GRADIENT * chunks,
              800 + CHUNK_CYCLES * chunks,
              Float.BYTES * (chunks + 3));
      default -> elements((double) batch * outputs(row), ELEMENT, ELEMENT_CYCLES, 3 * Float.BYTES);
    };
  }

  /** The batch's images taken out of the data set. */
  RowCost gather() {
    return elements((double) batch * inputSize, ELEMENT, ELEMENT_CYCLES, 1 + Float.BYTES);
  }

  /** Chunks added up by a work-group for its four images. */
  private RowCost finishImages(int row) {
    int chunks = values[row + Pass.CHUNKS];
    double outputs = (double) BlockProduct.BLOCK_COLUMNS * values[row + Pass.ROWS];
    double rounds = Math.ceil(outputs / MatrixProduct.GROUP);
    double groups = kernel.workUnits(row);
    return new RowCost(
        groups,
        rounds * (ELEMENT + CHUNK_OF_SUM * chunks),
        rounds * (600 + CHUNK_CYCLES * chunks),
        RESIDENT,
        Float.BYTES * groups * outputs * (chunks + 1),
        0);
  }

  private int outputs(int row) {
    return Math.max(
        values[row + Pass.CHANNELS] * values[row + Pass.HEIGHT] * values[row + Pass.WIDTH],
        values[row + Pass.OUT_CHANNELS]
            * values[row + Pass.OUT_HEIGHT]
            * values[row + Pass.OUT_WIDTH]);
  }

  /** All work-items walk over an array together. */
  private RowCost elements(double count, double instructions, double cycles, double bytes) {
    double rounds = Math.max(1, Math.ceil(count / items));
    return new RowCost(
        groups,
        count / items * instructions + PASS_BEGINS,
        rounds * cycles + 500,
        RESIDENT,
        count * bytes,
        0);
  }

  private RowCost tiles(int row) {
    boolean filter = values[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER;
    int tileRows = values[row + Pass.TILE_ROWS];
    int across = values[row + Pass.ITEMS_ACROSS];
    double slabs =
        Math.ceil((double) kernel.depth(row) / TileProduct.SLAB) / values[row + Pass.CHUNKS];
    double left = (double) tileRows * TileProduct.SLAB / MatrixProduct.GROUP;
    double right =
        (double) across * TileProduct.ITEM_COLUMNS * TileProduct.SLAB / MatrixProduct.GROUP;
    double loading =
        LEFT_ELEMENT * left
            + LEFT_SLAB
            + RIGHT_ELEMENT * right
            + (filter ? TAPS_SLAB : POSITIONS_SLAB);
    // where a tile is narrow, the last items only load
    double multiplying = Math.ceil(tileRows / TileProduct.ITEM_ROWS * across / 32.0) / WARPS;
    double inner = FOUR_STEPS * TileProduct.SLAB / 4 * Math.min(1, multiplying);
    double waits =
        LEFT_WAIT * left / TileProduct.IN_FLIGHT + RIGHT_WAIT * right / TileProduct.IN_FLIGHT;
    return product(
        row, slabs * (loading + inner) + TILE_ENDS, slabs * (waits + SLAB_CYCLES) + TILE_CYCLES);
  }

  private RowCost positionBlocks(int row) {
    int sharers = values[row + Pass.SHARERS];
    double taps = Math.ceil((double) kernel.depth(row) / sharers);
    boolean pooled =
        values[row + Pass.OPERATION] == Opcode.FORWARD && values[row + Pass.MAXIMA] != Pass.NONE;
    int sums = BlockProduct.BLOCK_ROWS * BlockProduct.BLOCK_COLUMNS;
    double store = pooled ? POOLED_STORE : SUM_STORE * sums / Math.min(sharers, sums) + STORE;
    return product(
        row,
        taps * TAP + BLOCK_BEGINS + store,
        taps * TAP_CYCLES + BLOCK_CYCLES + SHARER_CYCLES * sharers);
  }

  private RowCost filterBlocks(int row) {
    int sharers = values[row + Pass.SHARERS];
    int height = values[row + Pass.GRID_HEIGHT];
    int width = values[row + Pass.GRID_WIDTH];
    double lines = (double) batch * height / values[row + Pass.CHUNKS] / sharers;
    double busy = Math.min(1, lines); // part of the items that have a line at all
    double positions = Math.ceil(Math.max(1, lines)) * width;
    return product(
        row,
        positions * POSITION * busy + FILTER_ENDS,
        positions * POSITION_CYCLES + BLOCK_CYCLES + SHARER_CYCLES * Math.max(16, sharers));
  }

  private RowCost product(int row, double instructions, double cycles) {
    double rows = values[row + Pass.ROWS];
    double columns = kernel.columns(row);
    double depth = kernel.depth(row);
    return new RowCost(
        kernel.workUnits(row),
        instructions,
        cycles,
        RESIDENT,
        Float.BYTES * numbers(row, rows, columns, depth),
        rows * columns * depth);
  }

  /** Numbers that a product reads and writes, each once. */
  private double numbers(int row, double rows, double columns, double depth) {
    double seen = (double) batch * values[row + Pass.IMAGE_SIZE];
    double result = rows * columns;
    int chunks = values[row + Pass.CHUNKS];
    if (values[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      return seen + rows * depth + result * chunks;
    }
    double read = seen + rows * depth;
    if (values[row + Pass.OPERATION] == Opcode.FORWARD) {
      boolean pooled = values[row + Pass.MAXIMA] != Pass.NONE;
      return read + (pooled ? result / 2 : result * chunks); // a quarter, and where it came from
    }
    double written = values[row + Pass.UNPOOLED] != Pass.NONE ? 5 * result : result;
    return read + written + (values[row + Pass.INPUT_RELU] == 1 ? result : 0);
  }
}
