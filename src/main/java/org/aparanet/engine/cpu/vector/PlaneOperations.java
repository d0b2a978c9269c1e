package org.aparanet.engine.cpu.vector;

/**
 * Arithmetic on channels and on single numbers: normalisation, sums of two tensors, masks,
 * averages.
 *
 * <p>A tensor is an array with a {@link LaneLayout}. Where the layout has lanes, of an image each,
 * the first {@code images} are in use; the others' gradients become 0.
 */
public interface PlaneOperations {

  /**
   * sums[c] += the sum of channel c.
   *
   * @param first c of the layout's first channel
   */
  void sums(LaneLayout l, float[] x, int images, int first, double[] sums);

  /**
   * sums[c] += the sum of the squares of channel c's distances from means[c].
   *
   * @param first c of the layout's first channel
   */
  void squares(LaneLayout l, float[] x, int images, int first, float[] means, double[] sums);

  /**
   * y = (x - mean[c]) * scale[c] + shift[c].
   *
   * @param first c of the layouts' first channel
   * @param relu whether negative results become 0
   */
  void normalize(
      LaneLayout lx,
      float[] x,
      LaneLayout ly,
      float[] y,
      int first,
      float[] mean,
      float[] scale,
      float[] shift,
      boolean relu);

  /**
   * sums[c] += the sum of dy, products[c] += the sum of dy * (x - mean[c]).
   *
   * @param first c of the layouts' first channel
   */
  void gradientSums(
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      int images,
      int first,
      float[] mean,
      double[] sums,
      double[] products);

  /**
   * dx = (dy - a[c] - (x - mean[c]) * b[c]) * scale[c].
   *
   * @param first c of the layouts' first channel
   */
  void normalizeBackward(
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      LaneLayout ldx,
      float[] dx,
      int images,
      int first,
      float[] mean,
      float[] a,
      float[] b,
      float[] scale);

  /** z = x + y; z may be one of them. */
  void add(
      LaneLayout lx, float[] x, LaneLayout ly, float[] y, LaneLayout lz, float[] z, boolean relu);

  /** y = max(0, x), or x without relu. */
  void copy(LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu);

  /** dx = dy where y is above 0, and 0 elsewhere; dx may be dy. */
  void reluBackward(
      LaneLayout ly, float[] y, LaneLayout ldy, float[] dy, LaneLayout ldx, float[] dx);

  /**
   * y = x where x is above 0, and slope * x elsewhere.
   *
   * @param relu whether negative results become 0
   */
  void leakyRelu(float slope, LaneLayout lx, float[] x, LaneLayout ly, float[] y, boolean relu);

  /** dx = dy where x is above 0, and slope * dy elsewhere; dx may be dy. */
  void leakyReluBackward(
      float slope,
      LaneLayout lx,
      float[] x,
      LaneLayout ldy,
      float[] dy,
      LaneLayout ldx,
      float[] dx);

  /**
   * y = x * mask.
   *
   * @param mask [C, H, W, lanes]
   */
  void multiply(LaneLayout lx, float[] x, float[] mask, LaneLayout ly, float[] y, boolean relu);

  /**
   * Means of windows.
   *
   * @param xAt added to the indices of the inputs
   * @param yAt added to the indices of the outputs
   */
  void averagePool(Pooling p, float[] x, int xAt, float[] y, int yAt);

  /**
   * Distributes each window's gradient equally to its elements; elements of no window are
   * unchanged.
   *
   * @param dyAt added to the indices of the outputs' gradients
   * @param dxAt added to the indices of the inputs' gradients
   */
  void averagePoolBackward(Pooling p, float[] dy, int dyAt, float[] dx, int dxAt);
}
