package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Convolution, backward to its input: each work-item gathers input gradients, one after another, so
 * that no two work-items write the same element.
 *
 * <pre>
 * dOutput [N, F, OH, OW]   filters [F, C, FH, FW]   dInput [N, C, H, W]
 *
 * dInput[n, c, y, x] = sum over f, i, j of dOutput[n, f, (y + padding - i) / stride, (x + padding - j) / stride]
 *                                        * filters[f, c, i, j]
 * </pre>
 *
 * where the divisions leave no remainder and the quotients lie inside the output.
 */
public final class ConvolutionBackwardData extends Kernel {
  float[] dOutput;
  float[] parameters;
  float[] dInput;
  int[] pass;
  int batch;

  @Override
  public void run() {
    convolutionBackwardData(
        dOutput, parameters, dInput, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void convolutionBackwardData(
      float[] dOutput,
      float[] parameters,
      float[] dInput,
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
    int filterPlane = filterHeight * filterWidth;
    int plane = height * width;
    int count = batch * channels * plane;
    for (int element = item; element < count; element += items) {
      int image = element / (channels * plane);
      int channel = (element / plane) % channels;
      int bottom = (element / width) % height + padding;
      int right = element % width + padding;
      float sum = 0f;
      for (int filter = 0; filter < filters; filter++) {
        int outPlane = pass[row + Pass.OUTPUT] + (image * filters + filter) * outHeight * outWidth;
        int weights = pass[row + Pass.WEIGHT] + (filter * channels + channel) * filterPlane;
        for (int i = 0; i < filterHeight; i++) {
          int y = (bottom - i) / stride;
          if (bottom >= i && y * stride == bottom - i && y < outHeight) {
            for (int j = 0; j < filterWidth; j++) {
              int x = (right - j) / stride;
              if (right >= j && x * stride == right - j && x < outWidth) {
                sum +=
                    dOutput[outPlane + y * outWidth + x]
                        * parameters[weights + i * filterWidth + j];
              }
            }
          }
        }
      }
      dInput[pass[row + Pass.INPUT] + element] = sum;
    }
  }
}
