package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Max-pool, backward: each work-item gathers input gradients, one after another. An input element
 * gets the gradient of every window whose first maximum it is; the maximum is looked up again
 * rather than remembered. Behind a ReLU the gradient is 0 where the input is not positive.
 *
 * <pre>
 * input [N, C, H, W]   dOutput [N, C, OH, OW]   dInput [N, C, H, W]
 * </pre>
 */
final class MaxPoolBackward extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dInput;
  int[] passes;
  int batch;

  @Override
  public void run() {
    maxPoolBackward(input, dOutput, dInput, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void maxPoolBackward(
      float[] input,
      float[] dOutput,
      float[] dInput,
      int[] passes,
      int row,
      int batch,
      int item,
      int items) {
    int height = passes[row + Pass.HEIGHT];
    int width = passes[row + Pass.WIDTH];
    int outHeight = passes[row + Pass.OUT_HEIGHT];
    int outWidth = passes[row + Pass.OUT_WIDTH];
    int size = passes[row + Pass.WINDOW_HEIGHT];
    int stride = passes[row + Pass.STRIDE];
    int padding = passes[row + Pass.PADDING];
    int count = batch * passes[row + Pass.CHANNELS] * height * width;
    for (int element = item; element < count; element += items) {
      int plane = element / (height * width);
      int inputPlane = passes[row + Pass.INPUT] + plane * height * width;
      int outPlane = passes[row + Pass.OUTPUT] + plane * outHeight * outWidth;
      int y = (element / width) % height;
      int x = element % width;
      float sum = 0f;
      // the windows that cover (y, x): top <= y < top + size, and likewise for the columns
      int lastY = (y + padding) / stride;
      if (lastY >= outHeight) {
        lastY = outHeight - 1;
      }
      int lastX = (x + padding) / stride;
      if (lastX >= outWidth) {
        lastX = outWidth - 1;
      }
      for (int outY = lastY; outY >= 0 && outY * stride - padding + size > y; outY--) {
        for (int outX = lastX; outX >= 0 && outX * stride - padding + size > x; outX--) {
          int top = outY * stride - padding;
          int left = outX * stride - padding;
          if (MaxPoolForward.firstMaximum(input, inputPlane, height, width, top, left, size)
              == inputPlane + y * width + x) {
            sum += dOutput[outPlane + outY * outWidth + outX];
          }
        }
      }
      InputGradient.storeGradient(input, dInput, passes, row, element, sum);
    }
  }
}
