package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Average pool, forward: each work-item takes the mean of windows, one after another. The mean of a
 * whole channel is the same with one window.
 *
 * <pre>
 * input [N, C, H, W]   output [N, C, OH, OW]
 *
 * output[n, c, y, x] = mean over i, j of input[n, c, y * stride + i, x * stride + j]
 * </pre>
 */
final class AveragePoolForward extends Kernel {
  float[] input;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    averagePoolForward(input, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void averagePoolForward(
      float[] input, float[] output, int[] passes, int row, int batch, int item, int items) {
    int height = passes[row + Pass.HEIGHT];
    int width = passes[row + Pass.WIDTH];
    int outHeight = passes[row + Pass.OUT_HEIGHT];
    int outWidth = passes[row + Pass.OUT_WIDTH];
    int windowHeight = passes[row + Pass.WINDOW_HEIGHT];
    int windowWidth = passes[row + Pass.WINDOW_WIDTH];
    int stride = passes[row + Pass.STRIDE];
    int count = batch * passes[row + Pass.CHANNELS] * outHeight * outWidth;
    for (int element = item; element < count; element += items) {
      int plane = passes[row + Pass.INPUT] + element / (outHeight * outWidth) * height * width;
      int top = ((element / outWidth) % outHeight) * stride;
      int start = plane + top * width + (element % outWidth) * stride;
      float sum = 0f;
      for (int i = 0; i < windowHeight; i++) {
        for (int j = 0; j < windowWidth; j++) {
          sum += input[start + i * width + j];
        }
      }
      output[passes[row + Pass.OUTPUT] + element] = sum / (windowHeight * windowWidth);
    }
  }
}
