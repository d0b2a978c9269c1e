package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Residual sum, forward, with the ReLU behind it, possibly in place.
 *
 * <pre>
 * input, skipped, output [N, ...]        output = input + skipped
 * </pre>
 */
final class ResidualForward extends Kernel {
  float[] input;
  float[] skipped;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    residualForward(input, skipped, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void residualForward(
      float[] input,
      float[] skipped,
      float[] output,
      int[] passes,
      int row,
      int batch,
      int item,
      int items) {
    int count =
        batch * passes[row + Pass.CHANNELS] * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
    for (int element = item; element < count; element += items) {
      float value =
          input[passes[row + Pass.INPUT] + element] + skipped[passes[row + Pass.SKIPPED] + element];
      if (value < 0f && passes[row + Pass.RELU] == 1) {
        value = 0f;
      }
      output[passes[row + Pass.OUTPUT] + element] = value;
    }
  }
}
