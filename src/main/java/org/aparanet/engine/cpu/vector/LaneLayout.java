package org.aparanet.engine.cpu.vector;

import org.aparanet.model.Shape;

/**
 * Memory layout of a tensor, with a border of zeros around each plane and zeros between neighbours,
 * so that a filter sliding over the tensor needs no test for its edges.
 *
 * <p>Where lanes are images, [C, rows, columns, lanes], an index points at the vector of an
 * element. Where lanes are channels, [rows, columns, depth], it points at the element itself.
 *
 * @param shape C, H, W of one image
 * @param border columns and rows of zeros on each side of a plane
 * @param spread distance of neighbours, in columns and rows; 1 without zeros in between
 * @param at index of the first float
 * @param columnStride floats from one column to the next: the lanes, or the depth
 * @param channelsLast whether neighbouring floats are channels rather than images
 */
public record LaneLayout(
    Shape shape, int border, int spread, int at, int columnStride, boolean channelsLast) {

  /** The same layout at another address. */
  LaneLayout at(int other) {
    return new LaneLayout(shape, border, spread, other, columnStride, channelsLast);
  }

  public int rows() {
    return (shape.height() - 1) * spread + 1 + 2 * border;
  }

  public int columns() {
    return (shape.width() - 1) * spread + 1 + 2 * border;
  }

  /** Floats from one row to the next. */
  public int rowStride() {
    return Math.multiplyExact(columns(), columnStride);
  }

  /** Floats from one channel to the next. */
  public int planeStride() {
    return channelsLast ? 1 : Math.multiplyExact(rows(), rowStride());
  }

  /**
   * Floats in all, borders included.
   *
   * @throws ArithmeticException if they are more than an array can hold
   */
  public int size() {
    return channelsLast
        ? Math.multiplyExact(rows(), rowStride())
        : Math.multiplyExact(shape.channels(), planeStride());
  }

  /** Index of element (c, y, x). */
  public int index(int c, int y, int x) {
    return at
        + c * planeStride()
        + (border + y * spread) * rowStride()
        + (border + x * spread) * columnStride;
  }

  /** Index of an element counted in CHW order. */
  public int index(int element) {
    int position = element % shape.plane();
    return index(element / shape.plane(), position / shape.width(), position % shape.width());
  }

  /** Indices of all elements, in CHW order. */
  public int[] indices() {
    int[] indices = new int[shape.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(i);
    }
    return indices;
  }

  /** Indices of the first channel's elements, in row-major order. */
  public int[] planeIndices() {
    int[] indices = new int[shape.plane()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(i);
    }
    return indices;
  }

  /** Channels {@code from} to {@code to} (exclusive), where lanes are images. */
  public LaneLayout channels(int from, int to) {
    if (from == 0 && to == shape.channels()) {
      return this;
    }
    Shape some = new Shape(to - from, shape.height(), shape.width());
    int first = at + from * planeStride();
    return new LaneLayout(some, border, spread, first, columnStride, channelsLast);
  }

  /**
   * Copies images into a tensor, vector by vector, so that each is written once.
   *
   * @param images [count][C x H x W]; one where lanes are channels
   * @param count number of images, from the first lane on
   */
  public void store(float[][] images, int count, float[] memory) {
    int from = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        int target = index(c, y, 0);
        for (int x = 0; x < shape.width(); x++) {
          for (int row = 0; row < count; row++) {
            memory[target + row] = images[row][from];
          }
          from++;
          target += columnStride;
        }
      }
    }
  }

  /** Whether all elements are contiguous. */
  public boolean dense() {
    return border == 0 && spread == 1;
  }
}
