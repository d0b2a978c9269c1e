package org.aparanet.engine.cpu.vector;

/**
 * Products of matrices whose columns are the images of a whole batch. Columns are divided into
 * <em>chunks</em> of {@link #widest}, two or one vectors; a chunk is a matrix of its own, [rows,
 * vectors * lanes], so that what a tile reads lies together. The order of a sum's products is that
 * of k, whatever the chunks.
 */
public interface BatchProducts {

  /** Vectors of the widest chunk: 4 or 2. */
  int widest();

  /** Copies {@code count} vectors, from one stride to another. */
  void copy(int count, float[] from, int at, int stride, float[] to, int toAt, int toStride);

  /** Copies {@code count} vectors to {@code places[first]} and those that follow. */
  void scatter(int first, int count, float[] from, int at, int stride, float[] to, int[] places);

  /**
   * Copies {@code count} rows of a few vectors each, so that they lie together.
   *
   * @param width floats from one row of the panel to the next
   */
  void pack(
      int count,
      int vectors,
      float[] weights,
      int at,
      int stride,
      float[] panel,
      int panelAt,
      int width);

  /**
   * Outputs from weights in columns.
   *
   * <pre>
   * c[cAt + o * stride + n] += sum over k of panel[panelAt + k * width + o] * b[bAt + k * stride + n]
   * </pre>
   *
   * where stride is the chunk's width, vectors * lanes. Outputs up to the next multiple of 8 are
   * computed, too.
   */
  void columns(
      int outputs,
      int count,
      float[] panel,
      int panelAt,
      int width,
      float[] b,
      int bAt,
      int vectors,
      float[] c,
      int cAt);

  /**
   * Sums of products with rows.
   *
   * <pre>
   * c[cAt + i * cStride + n] (+)= sum over k of a[aAt + i * aStride + k] * b[bAt + k * bStride + n]
   * </pre>
   *
   * @param vectors of n: 4, 2 or 1
   * @param add whether to add to what c holds, or to replace it
   */
  void rows(
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
      int cStride);
}
