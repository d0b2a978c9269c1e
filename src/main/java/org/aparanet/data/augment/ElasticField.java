package org.aparanet.data.augment;

/**
 * Random smooth displacements after Simard, Steinkraus and Platt, ICDAR 2003. They draw a number
 * from -1 to 1 for every pixel and direction, convolve both fields with a Gaussian of standard
 * deviation σ and multiply by α.
 *
 * <p>That many numbers and that wide a filter are not needed for a field so smooth. Here the
 * numbers are drawn for the nodes of a grid with spacing {@code h = √3 σ}, and become a field as
 * the coefficients of a uniform cubic B-spline, as in the free-form deformations of Rueckert et al.
 * (IEEE Transactions on Medical Imaging 18, 1999). The spline's kernel is the convolution of four
 * boxes of width h: close to a Gaussian, with the variance {@code 4 h²/12 = σ²}. The numbers' range
 * is such that the displacements have the variance of the original, {@code (α² / 3) / (4 π σ²)}, as
 * a mean over all positions; on nodes the standard deviation is 4 % above, half way between them 4
 * % below.
 */
final class ElasticField {
  /** The mean over all positions of the sum of the squares of four weights, in one dimension. */
  private static final double SQUARED_WEIGHTS = 151 / 315.0;

  private final int width;
  private final float amplitude;
  private final Axis columns;
  private final Axis rows;

  /** Coefficients of one row of nodes. */
  private final float[] nodes;

  /** Displacements [rows of nodes, width], smooth along x and not yet along y. */
  private final float[] alongX;

  private final float[] alongY;

  /**
   * @param unit what the displacements are multiples of, in pixels
   */
  ElasticField(int height, int width, double alpha, double sigma, double unit) {
    this.width = width;
    double spacing = StrictMath.sqrt(3) * sigma;
    amplitude =
        (float) (alpha / (2 * StrictMath.sqrt(Math.PI) * sigma * SQUARED_WEIGHTS) / unit * 0x1p-31);
    columns = new Axis(width, spacing);
    rows = new Axis(height, spacing);
    nodes = new float[columns.nodes];
    alongX = new float[rows.nodes * width];
    alongY = new float[rows.nodes * width];
  }

  /**
   * Draws new fields.
   *
   * @param firstDraw number of the first draw that is this field's
   */
  void draw(Draws draws, long firstDraw) {
    long draw = firstDraw;
    for (int row = 0; row < rows.nodes; row++) {
      for (int half = 0; half < 2; half++) {
        for (int i = 0; i < nodes.length; i++) {
          long bits = draws.bits(draw + i);
          nodes[i] = amplitude * (half == 0 ? (int) bits : (int) (bits >> 32));
        }
        columns.interpolate(nodes, half == 0 ? alongX : alongY, row * width);
      }
      draw += nodes.length;
    }
  }

  /**
   * The displacements of one row of pixels, in units.
   *
   * @param dx receives those to the right, [width]
   * @param dy receives those down, [width]
   */
  void row(int y, float[] dx, float[] dy) {
    rows.blend(y, alongX, width, dx);
    rows.blend(y, alongY, width, dy);
  }

  /** One direction: which nodes a pixel lies between, and the spline's weights there. */
  private static final class Axis {
    final int nodes;

    /** The first of each pixel's four nodes. */
    private final int[] first;

    private final float[] weight0;
    private final float[] weight1;
    private final float[] weight2;
    private final float[] weight3;

    Axis(int pixels, double spacing) {
      first = new int[pixels];
      weight0 = new float[pixels];
      weight1 = new float[pixels];
      weight2 = new float[pixels];
      weight3 = new float[pixels];
      double centre = (pixels - 1) / 2.0;
      int before = (int) Math.floor(-centre / spacing);
      for (int i = 0; i < pixels; i++) {
        double position = (i - centre) / spacing;
        double cell = Math.floor(position);
        double t = position - cell;
        first[i] = (int) cell - before;
        weight0[i] = (float) ((1 - t) * (1 - t) * (1 - t) / 6);
        weight1[i] = (float) ((3 * t * t * t - 6 * t * t + 4) / 6);
        weight2[i] = (float) ((-3 * t * t * t + 3 * t * t + 3 * t + 1) / 6);
        weight3[i] = (float) (t * t * t / 6);
      }
      nodes = first[pixels - 1] + 4;
    }

    void interpolate(float[] coefficients, float[] target, int to) {
      float[] w0 = weight0;
      float[] w1 = weight1;
      float[] w2 = weight2;
      float[] w3 = weight3;
      int[] nodeOf = first;
      for (int i = 0; i < nodeOf.length; i++) {
        int node = nodeOf[i];
        target[to + i] =
            w0[i] * coefficients[node]
                + w1[i] * coefficients[node + 1]
                + w2[i] * coefficients[node + 2]
                + w3[i] * coefficients[node + 3];
      }
    }

    /** Weighs four rows of a field [nodes, width] into one. */
    void blend(int pixel, float[] field, int width, float[] target) {
      int a = first[pixel] * width;
      int b = a + width;
      int c = b + width;
      int d = c + width;
      float w0 = weight0[pixel];
      float w1 = weight1[pixel];
      float w2 = weight2[pixel];
      float w3 = weight3[pixel];
      for (int x = 0; x < width; x++) {
        target[x] = w0 * field[a + x] + w1 * field[b + x] + w2 * field[c + x] + w3 * field[d + x];
      }
    }
  }
}
