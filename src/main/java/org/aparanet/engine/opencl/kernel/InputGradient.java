package org.aparanet.engine.opencl.kernel;

/**
 * Gradient of a layer's input.
 *
 * <p>Behind a ReLU it is 0 where the input is not positive. Behind the max-pool of a convolution it
 * is written as the gradient of the convolution's outputs: that of the window at its maximum, and 0
 * at the other three, so that the products that load it many times need not look the maximum up.
 *
 * <pre>
 * gradient [N, C, H, W]   dInput [N, C, H, W], or [N, C, 2 * H, 2 * W]
 * </pre>
 */
final class InputGradient {
  private InputGradient() {}

  /**
   * Writes the gradient of an element, or adds it to the one that is there.
   *
   * @param element index in the input
   */
  static void storeGradient(
      float[] input, float[] dInput, int[] passes, int row, int element, float gradient) {
    int place = passes[row + Pass.INPUT] + element;
    int corner = passes[row + Pass.UNPOOLED];
    int width = passes[row + Pass.UNPOOLED_WIDTH];
    int largest = 0;
    if (corner != Pass.NONE) {
      corner += 4 * element - 2 * (element % width);
      largest = (int) input[passes[row + Pass.INPUT_MAXIMA] + element];
      place = corner + largest / 2 * 2 * width + largest % 2;
    }
    float value = gradient;
    if (passes[row + Pass.ADDS] == 1) {
      value += dInput[place];
    }
    if (passes[row + Pass.INPUT_RELU] == 1 && !(input[passes[row + Pass.INPUT] + element] > 0f)) {
      value = 0f;
    }
    if (corner == Pass.NONE) {
      dInput[place] = value;
    } else {
      float g0 = 0f;
      float g1 = 0f;
      float g2 = 0f;
      float g3 = 0f;
      if (largest == 0) {
        g0 = value;
      }
      if (largest == 1) {
        g1 = value;
      }
      if (largest == 2) {
        g2 = value;
      }
      if (largest == 3) {
        g3 = value;
      }
      dInput[corner] = g0;
      dInput[corner + 1] = g1;
      dInput[corner + 2 * width] = g2;
      dInput[corner + 2 * width + 1] = g3;
    }
  }
}
