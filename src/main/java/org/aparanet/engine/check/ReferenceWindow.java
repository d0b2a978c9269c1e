package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * The windows of a pooling layer of {@link ReferenceNetwork}.
 *
 * @param height rows of a window
 * @param width columns of a window
 * @param stride step between two windows, in both directions
 */
record ReferenceWindow(Node node, int height, int width, int stride) {

  /** Indices into the input, [C x H x W], of the window of an output element, row by row. */
  int[] of(int output) {
    Shape in = node.input();
    Shape out = node.output();
    int c = output / out.plane();
    int oy = output % out.plane() / out.width();
    int ox = output % out.width();
    int[] indices = new int[height * width];
    for (int k = 0; k < indices.length; k++) {
      int iy = oy * stride + k / width;
      int ix = ox * stride + k % width;
      indices[k] = (c * in.height() + iy) * in.width() + ix;
    }
    return indices;
  }
}
