package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Max-pool, forward: each work-item takes the maximum of windows, one after another.
 *
 * <pre>
 * input [N, C, H, W]   output [N, C, OH, OW]
 *
 * output[n, c, y, x] = max over i, j of input[n, c, y * stride + i, x * stride + j]
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
    int count = batch * passes[row + Pass.CHANNELS] * outHeight * outWidth;
    for (int element = item; element < count; element += items) {
      int plane = passes[row + Pass.INPUT] + element / (outHeight * outWidth) * height * width;
      int top = ((element / outWidth) % outHeight) * stride;
      int left = (element % outWidth) * stride;
      output[passes[row + Pass.OUTPUT] + element] =
          input[firstMaximum(input, plane + top * width + left, width, size)];
    }
  }

  /**
   * Index of the first maximum, in row-major order, of the window that begins at {@code start}; a
   * NaN counts as larger than anything, so that it cannot hide.
   */
  static int firstMaximum(float[] input, int start, int width, int size) {
    int maximumAt = start;
    float maximum = input[start];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        float value = input[start + i * width + j];
        if (value > maximum || value != value) {
          maximum = value;
          maximumAt = start + i * width + j;
        }
      }
    }
    return maximumAt;
  }
}
