package org.aparanet.engine.cpu;

/** Products of row-major matrices that lie in larger arrays, in plain Java. */
final class ScalarMatrix {
  private ScalarMatrix() {}

  /**
   * c += a b.
   *
   * <pre>
   * a [m, k], element (i, j) at aOffset + i * aRow + j * aColumn
   * b [k, n], element (i, j) at bOffset + i * bRow + j
   * c [m, n], element (i, j) at cOffset + i * cRow + j
   * </pre>
   */
  static void addProduct(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      int cRow) {
    for (int i = 0; i < m; i++) {
      int ci = cOffset + i * cRow;
      int j = 0;
      for (; j + 4 <= k; j += 4) {
        int aj = aOffset + i * aRow + j * aColumn;
        int bj = bOffset + j * bRow;
        addFourRows(
            n,
            a[aj],
            a[aj + aColumn],
            a[aj + 2 * aColumn],
            a[aj + 3 * aColumn],
            b,
            bj,
            bj + bRow,
            bj + 2 * bRow,
            bj + 3 * bRow,
            c,
            ci);
      }
      for (; j < k; j++) {
        addRow(n, a[aOffset + i * aRow + j * aColumn], b, bOffset + j * bRow, c, ci);
      }
    }
  }

  /** Four rows at once: the target row is read and written once for four multiply-adds. */
  private static void addFourRows(
      int n,
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b,
      int b0,
      int b1,
      int b2,
      int b3,
      float[] c,
      int ci) {
    for (int j = 0; j < n; j++) {
      c[ci + j] += (a0 * b[b0 + j] + a1 * b[b1 + j]) + (a2 * b[b2 + j] + a3 * b[b3 + j]);
    }
  }

  private static void addRow(int n, float a, float[] b, int bi, float[] c, int ci) {
    for (int j = 0; j < n; j++) {
      c[ci + j] += a * b[bi + j];
    }
  }

  /** The sum of a[aOffset + i] * b[bOffset + i] for i below n. */
  static float dot(int n, float[] a, int aOffset, float[] b, int bOffset) {
    // independent partial sums: one would wait for the addition before it
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

  /** The sum of a[offset + i] for i below n. */
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
