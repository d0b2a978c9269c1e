package org.aparanet.engine.opencl.kernel;

/**
 * Elements of a matrix product's operands and result. The right operand is never materialized
 * (implicit GEMM): each element is loaded from the image.
 *
 * <p>A <b>tap</b> is an element of a filter, a <b>position</b> a place of the filter on an image;
 * positions form a grid. The right operand has the element that a tap sees from a position, for tap
 * (c, i, j) and the position at (y, x)
 *
 * <pre>
 * channel c, row y * step + origin + direction * i, column x * step + origin + direction * j
 * </pre>
 *
 * and 0 outside of the image.
 */
abstract class ProductOperands extends BatchNormFunctions {
  /** Pass table, of rows in the layout of {@link Pass}, and tables of taps. */
  int[] passes;

  /** Images of this step. */
  int batch;

  /** Element of the right operand. */
  abstract float rightElement(int source, int index);

  /** Offset of a column of the result; {@link Pass#NONE} if there is no such column. */
  abstract int target(int row, int chunk, int column);

  /** Writes a sum if row {@code m} of the result and its column exist. */
  abstract void store(int row, int m, int column, int target, float sum);

  /**
   * Writes the maximum of the four sums of a pooling window if row {@code m} and the column exist.
   */
  abstract void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3);

  /** Columns of the result, of the whole batch. */
  int columns(int row) {
    int columns = passes[row + Pass.COLUMNS];
    if (passes[row + Pass.OPERATION] != Opcode.BACKWARD_FILTER) {
      columns = columns * batch;
    }
    return columns;
  }

  /** Depth of the product, of the whole batch. */
  int depth(int row) {
    int depth = passes[row + Pass.DEPTH];
    if (passes[row + Pass.OPERATION] == Opcode.BACKWARD_FILTER) {
      depth = depth * batch;
    }
    return depth;
  }

  /** 1 if four columns of the result are a window of a max-pool, else 0. */
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

  /** Offset of a position's image. */
  int positionBase(int row, int position) {
    int image = position / (passes[row + Pass.GRID_HEIGHT] * passes[row + Pass.GRID_WIDTH]);
    return passes[row + Pass.IMAGE] + image * passes[row + Pass.IMAGE_SIZE];
  }

  /**
   * Row of the grid. In a pooled convolution the four positions of a window have consecutive
   * numbers.
   */
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

  /** Row of the image at a filter's first tap. */
  int top(int row, int inImage) {
    return positionY(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
  }

  /** Column of the image at a filter's first tap. */
  int left(int row, int inImage) {
    return positionX(row, inImage) * passes[row + Pass.STEP] + passes[row + Pass.ORIGIN];
  }

  /**
   * Offset in the image from which {@link Taps#offsets} counts, for a filter whose first tap is at
   * ({@code top}, {@code left}). It may be outside of the image; the elements of seen taps are not.
   */
  int seenPlace(int row, int top, int left) {
    int y = top;
    int x = left;
    int divisor = passes[row + Pass.DIVISOR];
    if (divisor > 1) { // there the first tap is at the padding, or past it
      y = top / divisor;
      x = left / divisor;
    }
    return y * passes[row + Pass.IMAGE_WIDTH] + x;
  }

  /** Mask of the taps of a window that are inside of the image, a bit for each of at most 32. */
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
        < 0) { // a tap may be outside, or between the elements of a stride
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

  /** 1 if a place is divisible by the divisor and its quotient is inside, else 0. */
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
   * Right element of a tap at a position, for windows of any size.
   *
   * @param tap entry of {@link Taps#table}
   * @param base offset of the image
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
