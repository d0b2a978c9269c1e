package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * The windows of a pooling layer of {@link ReferenceNetwork}.
 *
 * @param height rows of a window
 * @param width columns of a window
 * @param stride step between two windows, in both directions
 * @param padding rows and columns around the input, on each side, whose elements count for nothing
 */
record ReferenceWindow(Node node, int height, int width, int stride, int padding) {

  /**
   * Indices into the input, [C x H x W], of the window of an output element, row by row, without
   * padding.
   */
  int[] of(int output) {
    Shape in = node.input();
    Shape out = node.output();
    int c = output / out.plane();
    int oy = output % out.plane() / out.width();
    int ox = output % out.width();
    int top = oy * stride - padding;
    int left = ox * stride - padding;
    int firstRow = Math.max(top, 0);
    int firstColumn = Math.max(left, 0);
    int rows = Math.min(top + height, in.height()) - firstRow;
    int columns = Math.min(left + width, in.width()) - firstColumn;
    int[] indices = new int[rows * columns];
    for (int k = 0; k < indices.length; k++) {
      int iy = firstRow + k / columns;
      int ix = firstColumn + k % columns;
      indices[k] = (c * in.height() + iy) * in.width() + ix;
    }
    return indices;
  }
}
