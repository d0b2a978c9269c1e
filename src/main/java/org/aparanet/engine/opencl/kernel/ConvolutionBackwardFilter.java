package org.aparanet.engine.opencl.kernel;

/**
 * Convolution, backward to its filters and bias. A dense layer is the same on images of one pixel.
 *
 * <pre>
 * input [N, C, H, W]   dOutput [N, F, OH, OW]   dFilters [F, C, FH, FW]   dBias [F]
 *
 * dFilters[f, c, i, j] = sum over n, y, x of dOutput[n, f, y, x]
 *                                          * input[n, c, y * stride + i - padding, x * stride + j - padding]
 * dBias[f]             = sum over n, y, x of dOutput[n, f, y, x]
 *
 * as a product   left  [F, N * OH * OW]                 the gradients of the outputs
 *                right [N * OH * OW, C * FH * FW + 1]   what tap (c, i, j) sees from position (n, y, x)
 * </pre>
 *
 * The bias is the weight of an input that is always 1: the last column of the right operand.
 *
 * <p>The sums are long and few. So they are divided into chunks of positions, which write their
 * sums to {@code partials [chunks, F * C * FH * FW + F]}; {@link ParameterUpdate} adds them up. The
 * order of all additions is fixed: no atomics, the same bits on every run.
 */
final class ConvolutionBackwardFilter extends MatrixProduct {
  float[] input;
  float[] dOutput;
  float[] partials;

  @Override
  public void run() {
    products(0);
  }

  @Override
  void computeGroup(int row, int workUnit) {
    if (passes[row + Pass.TILE_ROWS] == 0) {
      filterBlock(dOutput, input, row, workUnit);
    } else {
      tile(row, workUnit);
    }
  }

  @Override
  void loadLeft(int source, int base, int firstRow, int lastRow, int stride, int tileRows) {
    leftRows(dOutput, base, firstRow, lastRow, stride, tileRows);
  }

  @Override
  void loadRight(
      int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1) {}

  @Override
  void loadTaps(int row, int firstColumn, int base, int seen) {
    tapColumns(input, row, firstColumn, base, seen);
  }

  @Override
  float rightElement(int source, int index) {
    return input[index];
  }

  @Override
  int target(int row, int chunk, int column) {
    return partialTarget(passes, row, chunk, column);
  }

  @Override
  void store(int row, int m, int column, int target, float sum) {
    storePartial(partials, passes, row, m, column, target, sum);
  }

  @Override
  void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3) {}

  static int partialTarget(int[] passes, int row, int chunk, int column) {
    int target = Pass.NONE;
    if (column < passes[row + Pass.COLUMNS]) {
      target = passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE];
      int taps = passes[row + Pass.TAP_COUNT];
      if (column == taps) {
        target += passes[row + Pass.ROWS] * taps; // the bias is behind the filters
      } else {
        target += column;
      }
    }
    return target;
  }

  static void storePartial(
      float[] partials, int[] passes, int row, int filter, int column, int target, float sum) {
    if (target >= 0 && filter < passes[row + Pass.ROWS]) {
      int step = passes[row + Pass.TAP_COUNT];
      if (column == step) {
        step = 1;
      }
      partials[target + filter * step] = sum;
    }
  }
}
