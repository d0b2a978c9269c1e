package org.aparanet.engine.opencl.kernel;

/**
 * The operands and the result of a matrix product, element by element; {@link MatrixProduct} says
 * what for. The operands are never built: each element is taken from where it lies.
 *
 * <p>The right operand is what a <b>tap</b>, an element of a filter, sees from a <b>position</b>, a
 * place where the filter is laid on an image. Positions lie on a grid; tap (c, i, j) sees from the
 * position at (y, x)
 *
 * <pre>
 * channel c, row y * step + origin + direction * i, column x * step + origin + direction * j
 * </pre>
 *
 * and 0 where that is outside of the image.
 */
abstract class ProductOperands extends BatchNormFunctions {
  /** Rows as {@link Pass} lays them out, and tables of taps. */
  int[] passes;

  /** Images in this step. */
  int batch;

  /** An element of the right operand. */
  abstract float rightElement(int source, int index);

  /** Where the results of a column begin; {@link Pass#NONE} if there is no such column. */
  abstract int target(int row, int chunk, int column);

  /** Writes a sum, unless row {@code m} of the result or its column does not exist. */
  abstract void store(int row, int m, int column, int target, float sum);

  /** Writes the largest of the four sums of a pooling window, likewise. */
  abstract void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3);

  /** Columns of the result, of the whole batch. */
  int columns(int row) {
    int columns = passes[row + Pass.COLUMNS];
    if (passes[row + Pass.OPERATION] != Opcode.BACKWARD_FILTER) {
      columns = columns * batch;
    }
    return columns;
  }

  /** Products in each sum, of the whole batch. */
  int depth(int row) {
    int depth = passes[row + Pass.DEPTH];
    if (passes[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      depth = depth * batch;
    }
    return depth;
  }

  /** Whether the results of four columns go through a max-pool: 1 or 0. */
  int pooled(int row) {
    int pooled = 0;
    if (passes[row + Pass.OPERATION] == Opcode.FORWARD && passes[row + Pass.MAXIMA] != Pass.NONE) {
      pooled = 1;
    }
    return pooled;
  }

  /** Number of a position within its image. */
  int inImage(int row, int position) {
    return position % (passes[row + Pass.GRID_HEIGHT] * passes[row + Pass.GRID_WIDTH]);
  }

  /** Where the image that a position belongs to begins. */
  int positionBase(int row, int position) {
    int image = position / (passes[row + Pass.GRID_HEIGHT] * passes[row + Pass.GRID_WIDTH]);
    return passes[row + Pass.IMAGE] + image * passes[row + Pass.IMAGE_SIZE];
  }

  /** Row of the grid. A pooled convolution counts the four of a window one after another. */
  int positionY(int row, int inImage) {
    int width = passes[row + Pass.GRID_WIDTH];
    int y = inImage / width;
    if (pooled(row) == 1) {
      y = inImage / (2 * width) * 2 + inImage % 4 / 2;
    }
    return y;
  }

  /** Column of the grid. */
  int positionX(int row, int inImage) {
    int width = passes[row + Pass.GRID_WIDTH];
    int x = inImage % width;
    if (pooled(row) == 1) {
      x = inImage % (2 * width) / 4 * 2 + inImage % 2;
    }
    return x;
  }

  /** The row of the image on which the first tap of a filter stands. */
  int top(int row, int inImage) {
    return positionY(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
  }

  /** The column of the image on which the first tap of a filter stands. */
  int left(int row, int inImage) {
    return positionX(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
  }

  /**
   * Where in its image the table {@link Taps#offsets} counts from, for a filter whose first tap
   * stands there. It may lie outside of the image; what a tap sees does not.
   */
  int seenPlace(int row, int top, int left) {
    int y = top;
    int x = left;
    int divisor = passes[row + Pass.DIVISOR];
    if (divisor > 1) { // there the first tap stands at the padding, or beyond it
      y = top / divisor;
      x = left / divisor;
    }
    return y * passes[row + Pass.IMAGE_WIDTH] + x;
  }

  /** Which taps of a window of at most 32 see something of the image: a bit for each of them. */
  int seenTaps(int row, int top, int left) {
    int direction = passes[row + Pass.DIRECTION];
    int divisor = passes[row + Pass.DIVISOR];
    int height = passes[row + Pass.IMAGE_HEIGHT];
    int width = passes[row + Pass.IMAGE_WIDTH];
    int windowWidth = passes[row + Pass.WINDOW_WIDTH];
    int windowHeight = passes[row + Pass.WINDOW_HEIGHT];
    int seen = -1;
    if ((top
            | left
            | (height - windowHeight - top)
            | (width - windowWidth - left)
            | (direction - 1))
        < 0) { // not all of them stand inside, or there may be some between the places
      int line = 0;
      for (int j = windowWidth - 1; j >= 0; j--) {
        line = (line << 1) + inside(left + direction * j, width, divisor);
      }
      seen = 0;
      for (int i = windowHeight - 1; i >= 0; i--) {
        seen = (seen << windowWidth) + line * inside(top + direction * i, height, divisor);
      }
    }
    return seen;
  }

  /** Whether a place divided by the divisor leaves no remainder and lies inside: 1 or 0. */
  int inside(int place, int length, int divisor) {
    int inside = 0;
    if (place >= 0 && place < length * divisor) {
      inside = 1;
    }
    if (divisor > 1 && place % divisor != 0) {
      inside = 0;
    }
    return inside;
  }

  /**
   * What a tap sees from a position, for windows of any size.
   *
   * @param tap an entry of {@link Taps#table}
   * @param base where the image begins
   * @param top see {@link #top}
   * @param left see {@link #left}
   */
  float seenElement(int row, int tap, int base, int top, int left) {
    int bits = passes[row + Pass.TAP_BITS];
    int direction = passes[row + Pass.DIRECTION];
    int divisor = passes[row + Pass.DIVISOR];
    int height = passes[row + Pass.IMAGE_HEIGHT];
    int width = passes[row + Pass.IMAGE_WIDTH];
    int y = top + direction * Taps.tapRow(tap, bits);
    int x = left + direction * Taps.tapColumn(tap, bits);
    int inside = inside(y, height, divisor) * inside(x, width, divisor);
    float value = 0f;
    if (inside == 1) {
      value =
          rightElement(
              passes[row + Pass.RIGHT_SOURCE],
              base + (Taps.tapChannel(tap, bits) * height + y / divisor) * width + x / divisor);
    }
    return value;
  }
}
