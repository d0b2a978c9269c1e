package org.aparanet.engine.opencl;

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
abstract class ProductOperands extends ChannelSums {
  /** In place of a line: all of it is 1. */
  static final int ONE = -2;

  /** Rows as {@link Pass} lays them out, and tables of taps. */
  int[] passes;

  /** Images in this step. */
  int batch;

  /** An element of the left operand. */
  abstract float leftElement(int source, int index);

  /** An element of the right operand. */
  abstract float rightElement(int source, int index);

  /** Which output of a pooling window was the largest, 0 to 3. */
  abstract int largest(int index);

  /** Where the results of a column begin; {@link Pass#NONE} if there is no such column. */
  abstract int target(int row, int chunk, int column);

  /** Writes a sum, unless row {@code m} of the result or its column does not exist. */
  abstract void store(int row, int m, int column, int target, float sum);

  /** Writes the largest of the four sums of a pooling window, likewise. */
  abstract void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3);

  /** Columns of the result, of the whole batch. */
  int columns(int row) {
    int columns = passes[row + Pass.COLUMNS];
    if (passes[row + Pass.OPERATION] != Operation.BACKWARD_FILTER) {
      columns = columns * batch;
    }
    return columns;
  }

  /** Products in each sum, of the whole batch. */
  int depth(int row) {
    int depth = passes[row + Pass.DEPTH];
    if (passes[row + Pass.OPERATION] == Operation.BACKWARD_FILTER) {
      depth = depth * batch;
    }
    return depth;
  }

  /** Whether the results of four columns go through a max-pool: 1 or 0. */
  int pooled(int row) {
    int pooled = 0;
    if (passes[row + Pass.OPERATION] == Operation.FORWARD
        && passes[row + Pass.MAXIMA] != Pass.NONE) {
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
    return passes[row + Pass.SEEN] + image * passes[row + Pass.SEEN_SIZE];
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

  /**
   * An element of the left operand.
   *
   * @param index {@link Pass#NONE} beyond the depth, where all elements are 0
   * @param corner if the operand is the gradient of a max-pool, the output's place in its window;
   *     the gradient belongs to the largest alone
   * @param toMaxima from the operand's element to the number of the largest
   */
  float left(int source, int index, int corner, int toMaxima) {
    float value = 0f;
    if (index >= 0) {
      value = leftElement(source, index);
      if (corner >= 0 && largest(index + toMaxima) != corner) {
        value = 0f;
      }
    }
    return value;
  }

  /**
   * An element of the right operand.
   *
   * @param line where the row of the image begins that the tap sees; {@link Pass#NONE} if it is
   *     outside, {@link #ONE} if the tap sees 1 from everywhere, as that of a bias does
   * @param x the column that it sees, which may be outside
   * @param corner as for {@link #left}
   */
  float right(int source, int line, int x, int width, int corner, int toMaxima) {
    float value = 0f;
    if (line == ONE) {
      value = 1f;
    }
    if (line >= 0 && x >= 0 && x < width) {
      value = rightElement(source, line + x);
      if (corner >= 0 && largest(line + x + toMaxima) != corner) {
        value = 0f;
      }
    }
    return value;
  }

  /** Where row {@code y} of a channel begins, or {@link Pass#NONE} outside of the image. */
  int line(int base, int channel, int y, int height, int width) {
    int line = Pass.NONE;
    if (y >= 0 && y < height) {
      line = base + (channel * height + y) * width;
    }
    return line;
  }

  /** A quotient without remainder, or a number that is outside of every image. */
  int quotient(int dividend, int divisor) {
    int quotient = dividend;
    if (divisor > 1) {
      quotient = -2;
      if (dividend >= 0 && dividend % divisor == 0) {
        quotient = dividend / divisor;
      }
    }
    return quotient;
  }
}
