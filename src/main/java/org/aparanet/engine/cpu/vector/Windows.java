package org.aparanet.engine.cpu.vector;

import java.util.HashMap;
import java.util.Map;
import org.aparanet.model.Network.Node;

/** Windows of a pool over one plane: of each the rectangle that is inside of the image. */
final class Windows {
  private final Rectangle[] all;

  /** Part of a window inside of the image: its first element, and how many rows and columns. */
  private record Rectangle(int row, int column, int rows, int columns) {

    /** The same at the plane's first element. */
    Rectangle atOrigin() {
      return new Rectangle(0, 0, rows, columns);
    }

    /** For each element in row-major order: its distance from the first. */
    int[] distances(LaneLayout layout) {
      int[] distances = new int[rows * columns];
      for (int t = 0; t < distances.length; t++) {
        distances[t] = layout.index(0, t / columns, t % columns) - layout.index(0, 0, 0);
      }
      return distances;
    }
  }

  /**
   * @param height rows of a window
   * @param width columns of a window
   * @param stride distance between two windows, in both directions
   * @param padding rows and columns around the input, on each side
   */
  Windows(Node node, int height, int width, int stride, int padding) {
    all = new Rectangle[node.output().plane()];
    for (int w = 0; w < all.length; w++) {
      int top = w / node.output().width() * stride - padding;
      int left = w % node.output().width() * stride - padding;
      int row = Math.max(top, 0);
      int column = Math.max(left, 0);
      int rows = Math.min(top + height, node.input().height()) - row;
      int columns = Math.min(left + width, node.input().width()) - column;
      all[w] = new Rectangle(row, column, rows, columns);
    }
  }

  /** For each window: index of its first element. */
  int[] corners(LaneLayout layout) {
    int[] corners = new int[all.length];
    for (int w = 0; w < corners.length; w++) {
      corners[w] = layout.index(0, all[w].row, all[w].column);
    }
    return corners;
  }

  /**
   * For each window, for each of its elements in row-major order: distance from the first. Windows
   * of one size share an array.
   */
  int[][] taps(LaneLayout layout) {
    Map<Rectangle, int[]> known = new HashMap<>();
    int[][] taps = new int[all.length][];
    for (int w = 0; w < taps.length; w++) {
      taps[w] = known.computeIfAbsent(all[w].atOrigin(), size -> size.distances(layout));
    }
    return taps;
  }
}
