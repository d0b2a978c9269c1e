package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Products of matrices on vectors. Sums are added up in the order of k, whatever the tile. */
final class VectorBatchProducts implements BatchProducts {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int WIDEST = VectorLaneOperations.MANY_REGISTERS ? 4 : 2;
  private static final float[] ZEROS = new float[LANES]; // initial sums

  @Override
  public int widest() {
    return WIDEST;
  }

  @Override
  public void copy(
      int count, float[] from, int at, int stride, float[] to, int toAt, int toStride) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, from, at + i * stride).intoArray(to, toAt + i * toStride);
    }
  }

  @Override
  public void scatter(
      int first, int count, float[] from, int at, int stride, float[] to, int[] places) {
    for (int i = 0; i < count; i++) {
      FloatVector.fromArray(SPECIES, from, at + i * stride).intoArray(to, places[first + i]);
    }
  }

  @Override
  public void pack(
      int count,
      int vectors,
      float[] weights,
      int at,
      int stride,
      float[] panel,
      int panelAt,
      int width) {
    for (int k = 0; k < count; k++) {
      for (int v = 0; v < vectors; v++) {
        FloatVector.fromArray(SPECIES, weights, at + k * stride + v * LANES)
            .intoArray(panel, panelAt + k * width + v * LANES);
      }
    }
  }

  @Override
  public void columns(
      int outputs,
      int count,
      float[] panel,
      int panelAt,
      int width,
      float[] b,
      int bAt,
      int vectors,
      float[] c,
      int cAt) {
    int stride = vectors * LANES;
    int step = rowsOfTile(vectors);
    int rows = (outputs + step - 1) / step * step; // whole tiles, in which no row is repeated
    tiles(rows, count, panel, panelAt, 1, width, b, bAt, stride, vectors, true, c, cAt, stride);
  }

  @Override
  public void rows(
      int rows,
      int count,
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int bStride,
      int vectors,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    tiles(rows, count, a, aAt, aStride, 1, b, bAt, bStride, vectors, add, c, cAt, cStride);
  }

  private static int rowsOfTile(int vectors) {
    return vectors == 1 ? 8 : 4;
  }

  private static void tiles(
      int rows,
      int count,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      int vectors,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    int step = rowsOfTile(vectors);
    for (int i = 0; i < rows; i += step) {
      int at = aAt + i * aRow;
      int to = cAt + i * cStride;
      tile(count, rows - i, a, at, aRow, aStep, b, bAt, bStride, vectors, add, c, to, cStride);
    }
  }

  /**
   * A few rows: c[i] (+)= the sum over k of a[i * aRow + k * aStep] * b[k], for the rows that there
   * are.
   */
  private static void tile(
      int count,
      int rows,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      int vectors,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    switch (vectors) {
      case 4 -> fourByFour(count, rows, a, aAt, aRow, aStep, b, bAt, bStride, add, c, cAt, cStride);
      case 2 -> fourByTwo(count, rows, a, aAt, aRow, aStep, b, bAt, bStride, add, c, cAt, cStride);
      default ->
          eightByOne(count, rows, a, aAt, aRow, aStep, b, bAt, bStride, add, c, cAt, cStride);
    }
  }

  private static void fourByFour(
      int count,
      int rows,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    int last = rows - 1;
    int a0 = aAt;
    int c0 = cAt;
    int a1 = aAt + Math.min(1, last) * aRow;
    int c1 = cAt + Math.min(1, last) * cStride;
    int a2 = aAt + Math.min(2, last) * aRow;
    int c2 = cAt + Math.min(2, last) * cStride;
    int a3 = aAt + Math.min(3, last) * aRow;
    int c3 = cAt + Math.min(3, last) * cStride;
    float[] from = add ? c : ZEROS;
    int begin = add ? 1 : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, begin * c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, begin * (c0 + LANES));
    FloatVector s02 = FloatVector.fromArray(SPECIES, from, begin * (c0 + 2 * LANES));
    FloatVector s03 = FloatVector.fromArray(SPECIES, from, begin * (c0 + 3 * LANES));
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, begin * c1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, begin * (c1 + LANES));
    FloatVector s12 = FloatVector.fromArray(SPECIES, from, begin * (c1 + 2 * LANES));
    FloatVector s13 = FloatVector.fromArray(SPECIES, from, begin * (c1 + 3 * LANES));
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, begin * c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, from, begin * (c2 + LANES));
    FloatVector s22 = FloatVector.fromArray(SPECIES, from, begin * (c2 + 2 * LANES));
    FloatVector s23 = FloatVector.fromArray(SPECIES, from, begin * (c2 + 3 * LANES));
    FloatVector s30 = FloatVector.fromArray(SPECIES, from, begin * c3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, from, begin * (c3 + LANES));
    FloatVector s32 = FloatVector.fromArray(SPECIES, from, begin * (c3 + 2 * LANES));
    FloatVector s33 = FloatVector.fromArray(SPECIES, from, begin * (c3 + 3 * LANES));
    int w = 0;
    int x = bAt;
    for (int k = 0; k < count; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, b, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, b, x + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, b, x + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, b, x + 3 * LANES);
      FloatVector f = FloatVector.broadcast(SPECIES, a[a0 + w]);
      s00 = x0.fma(f, s00);
      s01 = x1.fma(f, s01);
      s02 = x2.fma(f, s02);
      s03 = x3.fma(f, s03);
      f = FloatVector.broadcast(SPECIES, a[a1 + w]);
      s10 = x0.fma(f, s10);
      s11 = x1.fma(f, s11);
      s12 = x2.fma(f, s12);
      s13 = x3.fma(f, s13);
      f = FloatVector.broadcast(SPECIES, a[a2 + w]);
      s20 = x0.fma(f, s20);
      s21 = x1.fma(f, s21);
      s22 = x2.fma(f, s22);
      s23 = x3.fma(f, s23);
      f = FloatVector.broadcast(SPECIES, a[a3 + w]);
      s30 = x0.fma(f, s30);
      s31 = x1.fma(f, s31);
      s32 = x2.fma(f, s32);
      s33 = x3.fma(f, s33);
      w += aStep;
      x += bStride;
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s02.intoArray(c, c0 + 2 * LANES);
    s03.intoArray(c, c0 + 3 * LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s12.intoArray(c, c1 + 2 * LANES);
    s13.intoArray(c, c1 + 3 * LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s22.intoArray(c, c2 + 2 * LANES);
    s23.intoArray(c, c2 + 3 * LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s32.intoArray(c, c3 + 2 * LANES);
    s33.intoArray(c, c3 + 3 * LANES);
  }

  private static void fourByTwo(
      int count,
      int rows,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    int last = rows - 1;
    int a0 = aAt;
    int c0 = cAt;
    int a1 = aAt + Math.min(1, last) * aRow;
    int c1 = cAt + Math.min(1, last) * cStride;
    int a2 = aAt + Math.min(2, last) * aRow;
    int c2 = cAt + Math.min(2, last) * cStride;
    int a3 = aAt + Math.min(3, last) * aRow;
    int c3 = cAt + Math.min(3, last) * cStride;
    float[] from = add ? c : ZEROS;
    int begin = add ? 1 : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, begin * c0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, from, begin * (c0 + LANES));
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, begin * c1);
    FloatVector s11 = FloatVector.fromArray(SPECIES, from, begin * (c1 + LANES));
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, begin * c2);
    FloatVector s21 = FloatVector.fromArray(SPECIES, from, begin * (c2 + LANES));
    FloatVector s30 = FloatVector.fromArray(SPECIES, from, begin * c3);
    FloatVector s31 = FloatVector.fromArray(SPECIES, from, begin * (c3 + LANES));
    int w = 0;
    int x = bAt;
    for (int k = 0; k < count; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, b, x);
      FloatVector x1 = FloatVector.fromArray(SPECIES, b, x + LANES);
      FloatVector f = FloatVector.broadcast(SPECIES, a[a0 + w]);
      s00 = x0.fma(f, s00);
      s01 = x1.fma(f, s01);
      f = FloatVector.broadcast(SPECIES, a[a1 + w]);
      s10 = x0.fma(f, s10);
      s11 = x1.fma(f, s11);
      f = FloatVector.broadcast(SPECIES, a[a2 + w]);
      s20 = x0.fma(f, s20);
      s21 = x1.fma(f, s21);
      f = FloatVector.broadcast(SPECIES, a[a3 + w]);
      s30 = x0.fma(f, s30);
      s31 = x1.fma(f, s31);
      w += aStep;
      x += bStride;
    }
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
  }

  private static void eightByOne(
      int count,
      int rows,
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStride,
      boolean add,
      float[] c,
      int cAt,
      int cStride) {
    int last = rows - 1;
    int a0 = aAt;
    int c0 = cAt;
    int a1 = aAt + Math.min(1, last) * aRow;
    int c1 = cAt + Math.min(1, last) * cStride;
    int a2 = aAt + Math.min(2, last) * aRow;
    int c2 = cAt + Math.min(2, last) * cStride;
    int a3 = aAt + Math.min(3, last) * aRow;
    int c3 = cAt + Math.min(3, last) * cStride;
    int a4 = aAt + Math.min(4, last) * aRow;
    int c4 = cAt + Math.min(4, last) * cStride;
    int a5 = aAt + Math.min(5, last) * aRow;
    int c5 = cAt + Math.min(5, last) * cStride;
    int a6 = aAt + Math.min(6, last) * aRow;
    int c6 = cAt + Math.min(6, last) * cStride;
    int a7 = aAt + Math.min(7, last) * aRow;
    int c7 = cAt + Math.min(7, last) * cStride;
    float[] from = add ? c : ZEROS;
    int begin = add ? 1 : 0;
    FloatVector s00 = FloatVector.fromArray(SPECIES, from, begin * c0);
    FloatVector s10 = FloatVector.fromArray(SPECIES, from, begin * c1);
    FloatVector s20 = FloatVector.fromArray(SPECIES, from, begin * c2);
    FloatVector s30 = FloatVector.fromArray(SPECIES, from, begin * c3);
    FloatVector s40 = FloatVector.fromArray(SPECIES, from, begin * c4);
    FloatVector s50 = FloatVector.fromArray(SPECIES, from, begin * c5);
    FloatVector s60 = FloatVector.fromArray(SPECIES, from, begin * c6);
    FloatVector s70 = FloatVector.fromArray(SPECIES, from, begin * c7);
    int w = 0;
    int x = bAt;
    for (int k = 0; k < count; k++) {
      FloatVector x0 = FloatVector.fromArray(SPECIES, b, x);
      s00 = x0.fma(FloatVector.broadcast(SPECIES, a[a0 + w]), s00);
      s10 = x0.fma(FloatVector.broadcast(SPECIES, a[a1 + w]), s10);
      s20 = x0.fma(FloatVector.broadcast(SPECIES, a[a2 + w]), s20);
      s30 = x0.fma(FloatVector.broadcast(SPECIES, a[a3 + w]), s30);
      s40 = x0.fma(FloatVector.broadcast(SPECIES, a[a4 + w]), s40);
      s50 = x0.fma(FloatVector.broadcast(SPECIES, a[a5 + w]), s50);
      s60 = x0.fma(FloatVector.broadcast(SPECIES, a[a6 + w]), s60);
      s70 = x0.fma(FloatVector.broadcast(SPECIES, a[a7 + w]), s70);
      w += aStep;
      x += bStride;
    }
    s00.intoArray(c, c0);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
    s40.intoArray(c, c4);
    s50.intoArray(c, c5);
    s60.intoArray(c, c6);
    s70.intoArray(c, c7);
  }
}
