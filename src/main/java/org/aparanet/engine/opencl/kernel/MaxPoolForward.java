package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Max-pool, forward: each work-item takes the maximum of windows, one after another. Of a window
 * that reaches into the padding it takes the part inside of the image.
 *
 * <pre>
 * input [N, C, H, W]   output [N, C, OH, OW]
 *
 * output[n, c, y, x] = max over i, j of input[n, c, y * stride - padding + i, x * stride - padding + j]
 * </pre>
 */
final class MaxPoolForward extends Kernel {
  float[] input;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    maxPoolForward(input, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void maxPoolForward(
      float[] input, float[] output, int[] passes, int row, int batch, int item, int items) {
    int height = passes[row + Pass.HEIGHT];
    int width = passes[row + Pass.WIDTH];
    int outHeight = passes[row + Pass.OUT_HEIGHT];
    int outWidth = passes[row + Pass.OUT_WIDTH];
    int size = passes[row + Pass.WINDOW_HEIGHT];
    int stride = passes[row + Pass.STRIDE];
    int padding = passes[row + Pass.PADDING];
    int count = batch * passes[row + Pass.CHANNELS] * outHeight * outWidth;
    for (int element = item; element < count; element += items) {
      int plane = passes[row + Pass.INPUT] + element / (outHeight * outWidth) * height * width;
      int top = ((element / outWidth) % outHeight) * stride - padding;
      int left = (element % outWidth) * stride - padding;
      output[passes[row + Pass.OUTPUT] + element] =
          input[firstMaximum(input, plane, height, width, top, left, size)];
    }
  }

  /**
   * Index of the first maximum, in row-major order, of the window of a plane that begins at row
   * {@code top} and column {@code left}, which are negative in the padding; a NaN counts as larger
   * than anything, so that it cannot hide.
   */
  static int firstMaximum(
      float[] input, int plane, int height, int width, int top, int left, int size) {
    int firstRow = inside(top);
    int firstColumn = inside(left);
    int maximumAt = plane + firstRow * width + firstColumn;
    float maximum = input[maximumAt];
    for (int y = firstRow; y < top + size && y < height; y++) {
      for (int x = firstColumn; x < left + size && x < width; x++) {
        float value = input[plane + y * width + x];
        if (value > maximum || value != value) {
          maximum = value;
          maximumAt = plane + y * width + x;
        }
      }
    }
    return maximumAt;
  }

  /** The first row or column of a window that is not in the padding. */
  static int inside(int first) {
    int inside = first;
    if (first < 0) {
      inside = 0;
    }
    return inside;
  }
}
