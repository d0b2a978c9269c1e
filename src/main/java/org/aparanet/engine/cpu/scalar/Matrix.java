package org.aparanet.engine.cpu.scalar;

/**
 * Matrix inside a larger array.
 *
 * @param values the array
 * @param offset index of element (0, 0)
 * @param rowStride distance from a row to the next
 * @param columnStride distance from a column to the next, 1 unless transposed
 */
record Matrix(float[] values, int offset, int rowStride, int columnStride) {

  /** Row-major matrix whose rows begin {@code rowStride} elements apart. */
  Matrix(float[] values, int offset, int rowStride) {
    this(values, offset, rowStride, 1);
  }

  /** The same elements with rows and columns exchanged. */
  Matrix transposed() {
    return new Matrix(values, offset, columnStride, rowStride);
  }

  int index(int row, int column) {
    return offset + row * rowStride + column * columnStride;
  }
}
