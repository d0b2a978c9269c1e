package org.aparanet.engine.opencl.kernel;

/**
 * Convolution, forward, with the bias, the ReLU and the 2 x 2 max-pool behind it. A dense layer is
 * the same on images of one pixel.
 *
 * <pre>
 * input [N, C, H, W]   filters [F, C, FH, FW]   bias [F]   output [N, F, OH, OW]
 *
 * output[n, f, y, x] = bias[f]
 *     + sum over c, i, j of filters[f, c, i, j] * input[n, c, y * stride + i - padding, x * stride + j - padding]
 *
 * as a product   left  [F, C * FH * FW]             the filters as stored
 *                right [C * FH * FW, N * OH * OW]   what tap (c, i, j) sees from position (n, y, x)
 * </pre>
 *
 * With a max-pool the output is [N, F, OH / 2, OW / 2], and the argmax of each window, 0 to 3, is
 * kept for the backward pass.
 */
final class ConvolutionForward extends MatrixProduct {
  float[] input;
  float[] parameters;
  float[] output;
  float[] partials;

  @Override
  public void run() {
    products(0);
  }

  @Override
  void computeGroup(int row, int workUnit) {
    if (passes[row + Pass.TILE_ROWS] == 0) {
      positionBlock(parameters, input, row, workUnit);
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
    rightColumns(input, table, itemsAcross, base0, seen0, base1, seen1);
  }

  @Override
  void loadTaps(int row, int firstColumn, int base, int seen) {}

  @Override
  float rightElement(int source, int index) {
    return input[index];
  }

  @Override
  int target(int row, int chunk, int column) {
    return outputTarget(passes, row, columns(row), chunk, column);
  }

  @Override
  void store(int row, int m, int column, int target, float sum) {
    storeOutput(parameters, output, partials, passes, row, m, target, sum);
  }

  @Override
  void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3) {
    storePooledOutput(parameters, output, passes, row, m, target, s0, s1, s2, s3);
  }

  /** Offset of the outputs at a position; those of the next filter are a plane further. */
  static int outputTarget(int[] passes, int row, int columns, int chunk, int position) {
    int target = Pass.NONE;
    if (position < columns) {
      int perImage = passes[row + Pass.COLUMNS];
      int inImage = position % perImage;
      if (passes[row + Pass.MAXIMA] != Pass.NONE) {
        perImage = perImage / 4;
        inImage = inImage / 4;
      }
      target =
          position / passes[row + Pass.COLUMNS] * passes[row + Pass.OUT_CHANNELS] * perImage
              + inImage;
      if (passes[row + Pass.CHUNKS] > 1) {
        target += passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE];
      } else {
        target += passes[row + Pass.OUTPUT];
      }
    }
    return target;
  }

  static void storeOutput(
      float[] parameters,
      float[] output,
      float[] partials,
      int[] passes,
      int row,
      int filter,
      int target,
      float sum) {
    if (target >= 0 && filter < passes[row + Pass.ROWS]) {
      int at = target + filter * passes[row + Pass.COLUMNS];
      if (passes[row + Pass.CHUNKS] > 1) {
        partials[at] = sum;
      } else {
        output[at] = activation(parameters, passes, row, filter, sum);
      }
    }
  }

  static void storePooledOutput(
      float[] parameters,
      float[] output,
      int[] passes,
      int row,
      int filter,
      int target,
      float s0,
      float s1,
      float s2,
      float s3) {
    if (target >= 0 && filter < passes[row + Pass.ROWS]) {
      // a NaN counts as larger than anything, so that it cannot hide
      float largest = s0;
      float which = 0f;
      if (s1 > largest || s1 != s1) {
        largest = s1;
        which = 1f;
      }
      if (s2 > largest || s2 != s2) {
        largest = s2;
        which = 2f;
      }
      if (s3 > largest || s3 != s3) {
        largest = s3;
        which = 3f;
      }
      int at = target + filter * (passes[row + Pass.COLUMNS] / 4);
      output[at] = activation(parameters, passes, row, filter, largest);
      output[at - passes[row + Pass.OUTPUT] + passes[row + Pass.MAXIMA]] = which;
    }
  }

  /** Activation of a sum: bias added, ReLU applied; NaN stays NaN. */
  static float activation(float[] parameters, int[] passes, int row, int filter, float sum) {
    float value = sum;
    if (passes[row + Pass.BIAS] != Pass.NONE) {
      value += parameters[passes[row + Pass.BIAS] + filter];
    }
    if (value < 0f && passes[row + Pass.RELU] == 1) {
      value = 0f;
    }
    return value;
  }
}
