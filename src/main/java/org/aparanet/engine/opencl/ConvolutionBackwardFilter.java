package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Convolution, backward to its filters and bias: each work-item sums up whole filter elements over
 * the batch, so that the order of the additions, and with it every bit, is always the same.
 *
 * <pre>
 * input [N, C, H, W]   dOutput [N, F, OH, OW]   dFilters [F, C, FH, FW]   dBias [F]
 *
 * dFilters[f, c, i, j] = sum over n, y, x of dOutput[n, f, y, x]
 *                                          * input[n, c, y * stride + i - padding, x * stride + j - padding]
 * dBias[f]             = sum over n, y, x of dOutput[n, f, y, x]
 * </pre>
 */
public final class ConvolutionBackwardFilter extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dParameters;
  int[] pass;
  int batch;

  @Override
  public void run() {
    convolutionBackwardFilter(
        input, dOutput, dParameters, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void convolutionBackwardFilter(
      float[] input,
      float[] dOutput,
      float[] dParameters,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int filterSize =
        pass[row + Pass.CHANNELS] * pass[row + Pass.WINDOW_HEIGHT] * pass[row + Pass.WINDOW_WIDTH];
    int weights = pass[row + Pass.OUT_CHANNELS] * filterSize;
    int count = weights;
    if (pass[row + Pass.BIAS] != Pass.NONE) {
      count += pass[row + Pass.OUT_CHANNELS];
    }
    for (int element = item; element < count; element += items) {
      if (element < weights) {
        dParameters[pass[row + Pass.WEIGHT] + element] =
            filterElement(
                input, dOutput, pass, row, batch, element / filterSize, element % filterSize);
      } else {
        dParameters[pass[row + Pass.BIAS] + element - weights] =
            biasElement(dOutput, pass, row, batch, element - weights);
      }
    }
  }

  /**
   * The gradient of one filter element; {@code position} counts the filter's elements in CHW order.
   */
  static float filterElement(
      float[] input, float[] dOutput, int[] pass, int row, int batch, int filter, int position) {
    int channels = pass[row + Pass.CHANNELS];
    int height = pass[row + Pass.HEIGHT];
    int width = pass[row + Pass.WIDTH];
    int filters = pass[row + Pass.OUT_CHANNELS];
    int outHeight = pass[row + Pass.OUT_HEIGHT];
    int outWidth = pass[row + Pass.OUT_WIDTH];
    int filterWidth = pass[row + Pass.WINDOW_WIDTH];
    int stride = pass[row + Pass.STRIDE];
    int filterPlane = pass[row + Pass.WINDOW_HEIGHT] * filterWidth;
    int channel = position / filterPlane;
    int top = (position % filterPlane) / filterWidth - pass[row + Pass.PADDING];
    int left = position % filterWidth - pass[row + Pass.PADDING];
    float sum = 0f;
    for (int image = 0; image < batch; image++) {
      int plane = pass[row + Pass.INPUT] + (image * channels + channel) * height * width;
      int outPlane = pass[row + Pass.OUTPUT] + (image * filters + filter) * outHeight * outWidth;
      for (int outY = 0; outY < outHeight; outY++) {
        int y = outY * stride + top;
        if (y >= 0 && y < height) {
          // one row at a time: the partial sum keeps float32 rounding small over large batches
          float rowSum = 0f;
          for (int outX = 0; outX < outWidth; outX++) {
            int x = outX * stride + left;
            if (x >= 0 && x < width) {
              rowSum += dOutput[outPlane + outY * outWidth + outX] * input[plane + y * width + x];
            }
          }
          sum += rowSum;
        }
      }
    }
    return sum;
  }

  static float biasElement(float[] dOutput, int[] pass, int row, int batch, int filter) {
    int outPlane = pass[row + Pass.OUT_HEIGHT] * pass[row + Pass.OUT_WIDTH];
    float sum = 0f;
    for (int image = 0; image < batch; image++) {
      int start =
          pass[row + Pass.OUTPUT] + (image * pass[row + Pass.OUT_CHANNELS] + filter) * outPlane;
      float imageSum = 0f;
      for (int i = 0; i < outPlane; i++) {
        imageSum += dOutput[start + i];
      }
      sum += imageSum;
    }
    return sum;
  }
}
