package org.aparanet.engine.opencl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;
import org.junit.jupiter.api.Test;

class ProductShapeTest {
  private static int[] forward(int window, int rows, int columns, int depth, int maxima) {
    int[] row = new int[Pass.LENGTH];
    row[Pass.OPERATION] = Opcode.FORWARD;
    row[Pass.WINDOW_HEIGHT] = window;
    row[Pass.WINDOW_WIDTH] = window;
    row[Pass.ROWS] = rows;
    row[Pass.COLUMNS] = columns;
    row[Pass.DEPTH] = depth;
    row[Pass.MAXIMA] = maxima;
    return row;
  }

  /**
   * Of 49 taps a work-item cannot keep in 32 bits which it sees; blocks need that, tiles do not.
   */
  @Test
  void largeWindowsAreTiled() {
    assertEquals(
        new ProductShape(32, 32, 1, 1), ProductShape.of(forward(7, 4, 100, 49, Pass.NONE), 1, 8));
    assertEquals(0, ProductShape.of(forward(3, 4, 100, 9, Pass.NONE), 1, 8).tileRows());
  }

  /**
   * 256 columns are two tiles of 16 x 8, of which each compute unit takes eight groups' work: 1056
   * groups want 66 chunks of each. What goes through a max-pool has to be whole.
   */
  @Test
  void longSumsAreCutUnlessTheyArePooled() {
    assertEquals(
        new ProductShape(32, 16, 1, 66),
        ProductShape.of(forward(3, 32, 32, 4096, Pass.NONE), 8, 1056));
    assertEquals(1, ProductShape.of(forward(3, 32, 32, 4096, 0), 8, 1056).chunks());
  }
}
