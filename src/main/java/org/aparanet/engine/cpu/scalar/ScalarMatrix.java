package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;

/**
 * Products of row-major matrices inside of larger arrays, in plain Java.
 *
 * <p>The compiler vectorizes a loop only where all arrays are indexed by the loop's own variable.
 * So rows are first copied to separate arrays, in blocks that stay in the cache.
 */
final class ScalarMatrix {
  private static final int BLOCK_ROWS = 64;
  private static final int BLOCK_COLUMNS = 1024;

  /** Floats of the arrays below. */
  static final int FLOATS = (BLOCK_ROWS + 1) * BLOCK_COLUMNS;

  private final float[][] block = new float[BLOCK_ROWS][BLOCK_COLUMNS];
  private final float[] sum = new float[BLOCK_COLUMNS];

  /**
   * c = a b, or c += a b.
   *
   * <pre>
   * a [m, k], b [k, n], c [m, n]; b and c not transposed
   * </pre>
   *
   * @param accumulate whether to add to c, or to replace it
   */
  void product(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    for (int column = 0; column < n; column += BLOCK_COLUMNS) {
      int columns = Math.min(BLOCK_COLUMNS, n - column);
      for (int row = 0; row < k; row += BLOCK_ROWS) {
        int rows = Math.min(BLOCK_ROWS, k - row);
        for (int j = 0; j < rows; j++) {
          System.arraycopy(b.values(), b.index(row + j, column), block[j], 0, columns);
        }
        for (int i = 0; i < m; i++) {
          int target = c.index(i, column);
          if (accumulate || row > 0) {
            System.arraycopy(c.values(), target, sum, 0, columns);
          } else {
            Arrays.fill(sum, 0, columns, 0f);
          }
          addBlock(rows, columns, a.values(), a.index(i, row), a.columnStride());
          System.arraycopy(sum, 0, c.values(), target, columns);
        }
      }
    }
  }

  /** Adds to the sum the block's rows, each times its element of a row of a. */
  private void addBlock(int rows, int columns, float[] a, int first, int stride) {
    int j = 0;
    for (; j + 4 <= rows; j += 4) {
      int ai = first + j * stride;
      addFourRows(
          columns,
          a[ai],
          block[j],
          a[ai + stride],
          block[j + 1],
          a[ai + 2 * stride],
          block[j + 2],
          a[ai + 3 * stride],
          block[j + 3],
          sum);
    }
    for (; j < rows; j++) {
      addRow(columns, a[first + j * stride], block[j], sum);
    }
  }

  /** Four rows at once: the sum is read and written once for four multiply-adds. */
  private static void addFourRows(
      int n,
      float a0,
      float[] b0,
      float a1,
      float[] b1,
      float a2,
      float[] b2,
      float a3,
      float[] b3,
      float[] sum) {
    for (int i = 0; i < n; i++) {
      sum[i] += (a0 * b0[i] + a1 * b1[i]) + (a2 * b2[i] + a3 * b3[i]);
    }
  }

  private static void addRow(int n, float a, float[] b, float[] sum) {
    for (int i = 0; i < n; i++) {
      sum[i] += a * b[i];
    }
  }

  /**
   * c = a b^T, or c += a b^T.
   *
   * <pre>
   * a [m, k], b [n, k], c [m, n]; a and b not transposed
   * </pre>
   *
   * @param accumulate whether to add to c, or to replace it
   */
  void productTransposed(int m, int n, int k, Matrix a, Matrix b, Matrix c, boolean accumulate) {
    for (int j = 0; j < n; j++) { // a row of b is reused for all rows of a while it is in the cache
      for (int i = 0; i < m; i++) {
        float dot = dot(k, a.values(), a.index(i, 0), b.values(), b.index(j, 0));
        int target = c.index(i, j);
        c.values()[target] = accumulate ? c.values()[target] + dot : dot;
      }
    }
  }

  /** Sum of a[aOffset + i] * b[bOffset + i] for i below n. */
  private static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
    // independent partial sums hide the latency of additions
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      int ai = aOffset + i;
      int bi = bOffset + i;
      s0 += a[ai] * b[bi];
      s1 += a[ai + 1] * b[bi + 1];
      s2 += a[ai + 2] * b[bi + 2];
      s3 += a[ai + 3] * b[bi + 3];
      s4 += a[ai + 4] * b[bi + 4];
      s5 += a[ai + 5] * b[bi + 5];
      s6 += a[ai + 6] * b[bi + 6];
      s7 += a[ai + 7] * b[bi + 7];
    }
    for (; i < n; i++) {
      s0 += a[aOffset + i] * b[bOffset + i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  /** Sum of a[offset + i] for i below n. */
  static float sum(int n, float[] a, int offset) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += a[offset + i];
      s1 += a[offset + i + 1];
      s2 += a[offset + i + 2];
      s3 += a[offset + i + 3];
    }
    for (; i < n; i++) {
      s0 += a[offset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
