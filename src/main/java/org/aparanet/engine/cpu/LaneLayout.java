package org.aparanet.engine.cpu;

import org.aparanet.model.Shape;

/**
 * Where the vectors of a tensor lie: [C, rows, columns] vectors, with a border of zeros around each
 * plane and zeros between neighbours, so that whatever slides over the tensor needs to test
 * nothing.
 *
 * @param shape C, H, W of one image
 * @param border vectors of zeros on each side of a plane
 * @param spread distance of neighbours, in vectors; 1 without zeros in between
 * @param at index of the first float
 * @param lanes floats of a vector
 */
record LaneLayout(Shape shape, int border, int spread, int at, int lanes) {

  int rows() {
    return (shape.height() - 1) * spread + 1 + 2 * border;
  }

  int columns() {
    return (shape.width() - 1) * spread + 1 + 2 * border;
  }

  /** Floats from one row to the next. */
  int rowStride() {
    return Math.multiplyExact(columns(), lanes);
  }

  /** Floats from one channel to the next. */
  int planeStride() {
    return Math.multiplyExact(rows(), rowStride());
  }

  /**
   * Floats in all, borders included.
   *
   * @throws ArithmeticException if they are more than an array can hold
   */
  int size() {
    return Math.multiplyExact(shape.channels(), planeStride());
  }

  /** Index of element (c, y, x). */
  int index(int c, int y, int x) {
    return at
        + c * planeStride()
        + (border + y * spread) * rowStride()
        + (border + x * spread) * lanes;
  }

  /** Index of an element counted in CHW order. */
  int index(int element) {
    int position = element % shape.plane();
    return index(element / shape.plane(), position / shape.width(), position % shape.width());
  }

  /** The indices of all elements, in CHW order. */
  int[] indices() {
    int[] indices = new int[shape.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(i);
    }
    return indices;
  }

  /** The indices of the first channel's elements, in row-major order. */
  int[] planeIndices() {
    int[] indices = new int[shape.plane()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(i);
    }
    return indices;
  }

  /** Whether all elements lie one after another. */
  boolean dense() {
    return border == 0 && spread == 1;
  }
}
