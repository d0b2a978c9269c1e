package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Convolution, forward: each work-item computes output elements, one after another.
 *
 * <pre>
 * input [N, C, H, W]   filters [F, C, FH, FW]   bias [F]   output [N, F, OH, OW]
 *
 * output[n, f, y, x] = bias[f]
 *     + sum over c, i, j of input[n, c, y * stride + i - padding, x * stride + j - padding] * filters[f, c, i, j]
 * </pre>
 */
public final class ConvolutionForward extends Kernel {
  float[] input;
  float[] parameters;
  float[] output;
  int[] pass;
  int batch;

  @Override
  public void run() {
    convolutionForward(input, parameters, output, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void convolutionForward(
      float[] input,
      float[] parameters,
      float[] output,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int channels = pass[row + Pass.CHANNELS];
    int height = pass[row + Pass.HEIGHT];
    int width = pass[row + Pass.WIDTH];
    int filters = pass[row + Pass.OUT_CHANNELS];
    int outHeight = pass[row + Pass.OUT_HEIGHT];
    int outWidth = pass[row + Pass.OUT_WIDTH];
    int filterHeight = pass[row + Pass.WINDOW_HEIGHT];
    int filterWidth = pass[row + Pass.WINDOW_WIDTH];
    int stride = pass[row + Pass.STRIDE];
    int padding = pass[row + Pass.PADDING];
    int bias = pass[row + Pass.BIAS];
    int filterSize = channels * filterHeight * filterWidth;
    int outPlane = outHeight * outWidth;
    int count = batch * filters * outPlane;
    for (int element = item; element < count; element += items) {
      int image = element / (filters * outPlane);
      int filter = (element / outPlane) % filters;
      int top = ((element / outWidth) % outHeight) * stride - padding;
      int left = (element % outWidth) * stride - padding;
      float sum = 0f;
      if (bias != Pass.NONE) {
        sum = parameters[bias + filter];
      }
      for (int channel = 0; channel < channels; channel++) {
        int plane = pass[row + Pass.INPUT] + (image * channels + channel) * height * width;
        int weights =
            pass[row + Pass.WEIGHT] + filter * filterSize + channel * filterHeight * filterWidth;
        for (int i = 0; i < filterHeight; i++) {
          int y = top + i;
          if (y >= 0 && y < height) {
            for (int j = 0; j < filterWidth; j++) {
              int x = left + j;
              if (x >= 0 && x < width) {
                sum += input[plane + y * width + x] * parameters[weights + i * filterWidth + j];
              }
            }
          }
        }
      }
      output[pass[row + Pass.OUTPUT] + element] = sum;
    }
  }
}
