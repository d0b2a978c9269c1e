package org.aparanet.engine.opencl.plan;

import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.Network;

/** A pass table of one row, which begins at 0, for kernels of a single operation. */
public final class SingleRow {
  private SingleRow() {}

  /** The row with the tables of taps that it needs behind it. */
  public static int[] passes(int[] row) {
    int[] table = PassRows.assemble(List.of(List.of(row)));
    int[] passes = Arrays.copyOfRange(table, 1, table.length);
    for (int field : List.of(Pass.TAPS, Pass.OFFSETS, Pass.LEFT_OFFSETS)) {
      if (passes[field] != Pass.NONE) {
        passes[field]--;
      }
    }
    return passes;
  }

  /** A row with a layer's shapes. */
  public static int[] shapes(Network.Node node) {
    return PassRows.shapes(node);
  }

  /** A layer's row for one of its products, without the way to compute it. */
  public static int[] product(int operation, int[] layer) {
    return PassRows.product(operation, layer);
  }
}
