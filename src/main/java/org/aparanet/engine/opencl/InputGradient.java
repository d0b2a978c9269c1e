package org.aparanet.engine.opencl;

/**
 * The gradient of a layer's input, as the layers behind it write it.
 *
 * <p>Behind a ReLU it is 0 where the input is not positive. Behind the max-pool of a convolution
 * what is written is the gradient of the convolution's outputs: that of the window where its
 * largest is, and 0 at the other three. So those who read it, again and again, need not ask which
 * one was the largest.
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
   * @param element its number in the input
   */
  static void storeGradient(
      float[] input, float[] dInput, int[] passes, int row, int element, float gradient) {
    int place = passes[row + Pass.INPUT] + element;
    int corner = passes[row + Pass.UNPOOLED];
    int width = 2 * passes[row + Pass.UNPOOLED_WIDTH];
    if (corner != Pass.NONE) {
      corner += 4 * element - 2 * (element % passes[row + Pass.UNPOOLED_WIDTH]);
      int largest = (int) input[passes[row + Pass.INPUT_MAXIMA] + element];
      place = corner + largest / 2 * width + largest % 2;
    }
    float value = gradient;
    if (passes[row + Pass.ADDS] == 1) {
      value += dInput[place];
    }
    if (passes[row + Pass.INPUT_RELU] == 1 && !(input[passes[row + Pass.INPUT] + element] > 0f)) {
      value = 0f;
    }
    if (corner != Pass.NONE) {
      dInput[corner] = 0f;
      dInput[corner + 1] = 0f;
      dInput[corner + width] = 0f;
      dInput[corner + width + 1] = 0f;
    }
    dInput[place] = value;
  }
}
