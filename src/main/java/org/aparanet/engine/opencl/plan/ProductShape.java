package org.aparanet.engine.opencl.plan;

import org.aparanet.engine.opencl.kernel.MatrixProduct;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.engine.opencl.kernel.Taps;

/**
 * Shape of a matrix product on a device: tiles or blocks, see {@link MatrixProduct}.
 *
 * <p>Tiles have the most reuse of loaded elements, but mostly empty rows or depth waste work, and
 * few tiles leave a large device idle. So the rule is: tiles, if the result fills them well enough
 * and there are enough of them, after dividing the sums into chunks where possible; otherwise
 * blocks, whose sums are divided among work-items until the device is full.
 *
 * @param tileRows rows of a tile, 32 or 64; 0 for blocks
 * @param itemsAcross work-items side by side in a tile, each with eight columns
 * @param sharers work-items that share a block's sums
 * @param chunks parts that the sums are divided into
 */
public record ProductShape(int tileRows, int itemsAcross, int sharers, int chunks) {
  /** Least depth of tiles: a slab is padded with zeros past the depth. */
  private static final int LEAST_DEPTH = MatrixProduct.SLAB;

  /** Least rows and columns of tiles: three quarters of the lowest tile's rows. */
  private static final int LEAST_SIDE = 24;

  /** Work-groups of a compute unit that hide memory latency. */
  public static final int GROUPS_OF_UNIT = 8;

  /** Tiles of a compute unit at a time, limited by registers. */
  private static final int TILES_OF_UNIT = 3;

  /**
   * Least depth of a chunk in tiles, which has to outweigh its start and the writing of its sums.
   */
  private static final int LEAST_CHUNK = 2 * MatrixProduct.SLAB;

  /** Least lines of the grid in a chunk of blocks. */
  private static final int LEAST_LINES = 64;

  /** Preferred images in a chunk of a dense layer's gradients in blocks. */
  private static final int GOOD_IMAGES = 4;

  /** Least images in such a chunk, if compute units would be idle otherwise. */
  private static final int LEAST_IMAGES = 2;

  /** Least elements in a chunk of a batch normalisation's channel: four for each work-item. */
  private static final int LEAST_NORM_CHUNK = 4 * MatrixProduct.GROUP;

  /**
   * Most chunks of a batch normalisation's channel, which every work-item of the next pass adds up.
   */
  private static final int MOST_NORM_CHUNKS = 32;

  /** Preferred taps of a sharer, which outweigh its computation of offsets. */
  private static final int GOOD_TAPS = 8;

  /** Least taps of a sharer, if compute units would be idle otherwise. */
  private static final int LEAST_TAPS = 2;

  /** Most chunks of a gradient in blocks, which the update reads in sequence. */
  private static final int MOST_CHUNKS = 64;

  /**
   * Shape of a product, by a rule and not by a search.
   *
   * @param row row of a pass table, complete but for the shape
   * @param batch the most images of a step
   * @param groups work-groups that fill the device
   */
  public static ProductShape of(int[] row, int batch, int groups) {
    boolean filter = row[Pass.OPERATION] == Opcode.BACKWARD_FILTER;
    boolean pooled = row[Pass.OPERATION] == Opcode.FORWARD && row[Pass.MAXIMA] != Pass.NONE;
    long rows = row[Pass.ROWS];
    long columns = filter ? row[Pass.COLUMNS] : (long) row[Pass.COLUMNS] * batch;
    long depth = filter ? (long) row[Pass.DEPTH] * batch : row[Pass.DEPTH];
    boolean fit = Taps.fit(row[Pass.WINDOW_HEIGHT], row[Pass.WINDOW_WIDTH]);
    if (!fit && !filter) {
      return new ProductShape(32, MatrixProduct.COLUMN_STRIDE, 1, 1); // blocks need the table
    }
    if (rows >= LEAST_SIDE && columns >= LEAST_SIDE && depth >= LEAST_DEPTH) {
      int tileRows = rows > 32 ? 64 : 32;
      int itemsAcross = MatrixProduct.GROUP * MatrixProduct.ITEM_ROWS / tileRows;
      long tilesAcross = ceiling(columns, itemsAcross * MatrixProduct.ITEM_COLUMNS);
      if (filter) { // tiles no wider than needed: 289 columns make two of 152, not of 256
        itemsAcross = (int) ceiling(columns, tilesAcross * MatrixProduct.ITEM_COLUMNS);
      }
      long tiles = ceiling(rows, tileRows) * tilesAcross;
      if (!filter && tileRows == 32 && tiles * GROUPS_OF_UNIT < groups) {
        itemsAcross /= 2; // half of the work-items idle, on twice as many compute units
        tiles = ceiling(columns, itemsAcross * MatrixProduct.ITEM_COLUMNS);
      }
      int chunks = 1;
      if (filter) {
        long wanted = ceiling((long) groups * TILES_OF_UNIT, GROUPS_OF_UNIT * tiles);
        chunks = (int) Math.max(1, Math.min(wanted, depth / LEAST_CHUNK));
      } else if (row[Pass.OPERATION] == Opcode.FORWARD && row[Pass.LOGITS] == 0 && !pooled) {
        // chunks of an output cost a further pass; those of a gradient are added up by the update
        long wanted = ceiling(groups, GROUPS_OF_UNIT * tiles);
        chunks = (int) Math.max(1, Math.min(wanted, depth / LEAST_CHUNK));
      }
      if (tiles * chunks * GROUPS_OF_UNIT >= groups) {
        return new ProductShape(tileRows, itemsAcross, 1, chunks);
      }
    }
    long blocks =
        ceiling(rows, filter ? MatrixProduct.FILTER_BLOCK_ROWS : MatrixProduct.BLOCK_ROWS)
            * ceiling(columns, MatrixProduct.BLOCK_COLUMNS);
    if (filter && row[Pass.DEPTH] == 1) { // a dense layer: its sums are over images
      long units = ceiling(blocks, MatrixProduct.GROUP);
      int chunks = chunks(units, batch, GOOD_IMAGES, groups * TILES_OF_UNIT / GROUPS_OF_UNIT);
      if (units * chunks * GROUPS_OF_UNIT < groups) {
        long wanted = ceiling((long) groups / GROUPS_OF_UNIT * MatrixProduct.GROUP, blocks);
        chunks = (int) Math.max(1, Math.min(Math.min(wanted, MOST_CHUNKS), batch / LEAST_IMAGES));
      }
      return new ProductShape(0, 0, 1, chunks);
    }
    // sharers divide taps, or rows of the grid
    long sharable = filter ? (long) row[Pass.GRID_HEIGHT] * batch : depth;
    int sharers = 1;
    while (sharers < MatrixProduct.GROUP
        && (more(blocks * sharers, groups) && sharers * 2L * (filter ? 1 : GOOD_TAPS) <= sharable
            || more(blocks * sharers, groups / GROUPS_OF_UNIT)
                && sharers * 2L * LEAST_TAPS <= sharable)) {
      sharers *= 2;
    }
    long units = ceiling(blocks * sharers, MatrixProduct.GROUP);
    return new ProductShape(
        0, 0, sharers, filter ? chunks(units, sharable, LEAST_LINES, groups) : 1);
  }

  /** Whether the device has more work-items than these. */
  private static boolean more(long items, int groups) {
    return items < (long) groups * MatrixProduct.GROUP;
  }

  /** Copy of a row with this shape. */
  public int[] in(int[] row) {
    int[] planned = row.clone();
    planned[Pass.TILE_ROWS] = tileRows;
    planned[Pass.ITEMS_ACROSS] = itemsAcross;
    planned[Pass.SHARERS] = sharers;
    planned[Pass.CHUNKS] = chunks;
    return planned;
  }

  /**
   * Chunks of each channel of a batch normalisation.
   *
   * @param elements of a channel, of the whole batch
   */
  static int normChunks(int channels, long elements, int groups) {
    long wanted = Math.min(ceiling(groups, channels), MOST_NORM_CHUNKS);
    return (int) Math.max(1, Math.min(wanted, elements / LEAST_NORM_CHUNK));
  }

  private static int chunks(long units, long depth, int least, int groups) {
    long wanted = ceiling(groups, units);
    return (int) Math.max(1, Math.min(Math.min(wanted, MOST_CHUNKS), depth / least));
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
