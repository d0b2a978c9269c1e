package org.aparanet.engine.cpu;

/** Vectors along an array, where neighbouring elements belong to one image. */
interface RowArithmetic {

  /** The sum of a[aAt + i] * b[bAt + i] for i below n, always added up in the same order. */
  float dot(int n, float[] a, int aAt, float[] b, int bAt);

  /** product[at + i] = factor * x[xAt + i] for i below n. */
  void scale(int n, float factor, float[] x, int xAt, float[] product, int at);

  /** sum[sumAt + i] += factor * x[xAt + i] for i below n. */
  void addScaled(int n, float factor, float[] x, int xAt, float[] sum, int sumAt);
}
