package org.aparanet.engine.opencl;

import java.util.Arrays;
import java.util.List;

/** A pass table of one row, which begins at 0, for kernels of a single operation. */
final class SingleRow {
  private SingleRow() {}

  /** The row with the tables of taps that it needs behind it. */
  static int[] passes(int[] row) {
    int[] table = PassRows.assemble(List.of(List.of(row)));
    int[] passes = Arrays.copyOfRange(table, 1, table.length);
    for (int field : List.of(Pass.TAPS, Pass.OFFSETS, Pass.LEFT_OFFSETS)) {
      if (passes[field] != Pass.NONE) {
        passes[field]--;
      }
    }
    return passes;
  }
}
