package org.aparanet.engine.opencl.kernel;

/**
 * Convolution, backward to its input. A dense layer is the same on images of one pixel.
 *
 * <pre>
 * dOutput [N, F, OH, OW]   filters [F, C, FH, FW]   dInput [N, C, H, W]
 *
 * dInput[n, c, y, x] = sum over f, i, j of filters[f, c, i, j]
 *                                        * dOutput[n, f, (y + padding - i) / stride, (x + padding - j) / stride]
 *
 * where the divisions leave no remainder and the quotients lie inside the output
 *
 * as a product   left  [C, F * FH * FW]           the filters, F and C exchanged
 *                right [F * FH * FW, N * H * W]   dOutput at tap (f, i, j) of position (n, y, x)
 * </pre>
 *
 * Behind a ReLU the gradient is 0 where the input is not positive. {@link InputGradient} writes it.
 */
final class ConvolutionBackwardData extends MatrixProduct {
  float[] input;
  float[] parameters;
  float[] dOutput;
  float[] dInput;

  @Override
  public void run() {
    products(0);
  }

  @Override
  void computeGroup(int row, int workUnit) {
    if (passes[row + Pass.TILE_ROWS] == 0) {
      positionBlock(parameters, dOutput, row, workUnit);
    } else {
      tile(row, workUnit);
    }
  }

  @Override
  void loadLeft(int source, int base, int firstRow, int lastRow, int stride, int tileRows) {
    leftRows(parameters, base, firstRow, lastRow, stride, tileRows);
  }

  @Override
  void loadRight(
      int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1) {
    rightColumns(dOutput, table, itemsAcross, base0, seen0, base1, seen1);
  }

  @Override
  void loadTaps(int row, int firstColumn, int base, int seen) {}

  @Override
  float rightElement(int source, int index) {
    return dOutput[index];
  }

  @Override
  int target(int row, int chunk, int column) {
    return inputTarget(passes, row, columns(row), column);
  }

  @Override
  void store(int row, int m, int column, int target, float sum) {
    storeInputGradient(input, dInput, passes, row, m, target, sum);
  }

  @Override
  void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3) {}

  static int inputTarget(int[] passes, int row, int columns, int position) {
    int target = Pass.NONE;
    if (position < columns) {
      int plane = passes[row + Pass.COLUMNS];
      target = position / plane * passes[row + Pass.CHANNELS] * plane + position % plane;
    }
    return target;
  }

  static void storeInputGradient(
      float[] input, float[] dInput, int[] passes, int row, int channel, int target, float sum) {
    if (target >= 0 && channel < passes[row + Pass.ROWS]) {
      int element = target + channel * passes[row + Pass.COLUMNS];
      InputGradient.storeGradient(input, dInput, passes, row, element, sum);
    }
  }
}
