package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Average pool, backward: each work-item gathers input gradients, one after another. An input
 * element gets its part of the gradient of every window that it lies in. Behind a ReLU the gradient
 * is 0 where the input is not positive.
 *
 * <pre>
 * input [N, C, H, W]   dOutput [N, C, OH, OW]   dInput [N, C, H, W]
 * </pre>
 */
final class AveragePoolBackward extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dInput;
  int[] passes;
  int batch;

  @Override
  public void run() {
    averagePoolBackward(input, dOutput, dInput, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void averagePoolBackward(
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
    int windowHeight = passes[row + Pass.WINDOW_HEIGHT];
    int windowWidth = passes[row + Pass.WINDOW_WIDTH];
    int stride = passes[row + Pass.STRIDE];
    int count = batch * passes[row + Pass.CHANNELS] * height * width;
    for (int element = item; element < count; element += items) {
      int outPlane = passes[row + Pass.OUTPUT] + element / (height * width) * outHeight * outWidth;
      int y = (element / width) % height;
      int x = element % width;
      float sum = 0f;
      // the windows that cover (y, x): top <= y < top + height, and likewise for the columns
      for (int outY = y / stride; outY >= 0 && outY * stride + windowHeight > y; outY--) {
        if (outY < outHeight) {
          for (int outX = x / stride; outX >= 0 && outX * stride + windowWidth > x; outX--) {
            if (outX < outWidth) {
              sum += dOutput[outPlane + outY * outWidth + outX];
            }
          }
        }
      }
      InputGradient.storeGradient(
          input, dInput, passes, row, element, sum / (windowHeight * windowWidth));
    }
  }
}
