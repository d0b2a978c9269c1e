package org.aparanet.engine.check;

import java.util.Arrays;
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
    int[] indices = new int[height * width];
    int count = 0;
    for (int k = 0; k < indices.length; k++) {
      int iy = oy * stride - padding + k / width;
      int ix = ox * stride - padding + k % width;
      if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width()) {
        indices[count++] = (c * in.height() + iy) * in.width() + ix;
      }
    }
    return Arrays.copyOf(indices, count);
  }
}
