package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * ReLU, forward; input and output may be the same place.
 *
 * <pre>
 * input [N, ...]   output [N, ...]        output = max(0, input); NaN stays NaN, so that it cannot hide
 * </pre>
 */
final class ReluForward extends Kernel {
  float[] input;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    reluForward(input, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void reluForward(
      float[] input, float[] output, int[] passes, int row, int batch, int item, int items) {
    int count =
        batch * passes[row + Pass.CHANNELS] * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
    for (int element = item; element < count; element += items) {
      float value = input[passes[row + Pass.INPUT] + element];
      if (value < 0f) {
        value = 0f;
      }
      output[passes[row + Pass.OUTPUT] + element] = value;
    }
  }
}
