package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * ReLU, forward; input and output may be the same place.
 *
 * <pre>
 * input [N, ...]   output [N, ...]        output = max(0, input); NaN stays NaN, so that it cannot hide
 * </pre>
 */
public final class ReluForward extends Kernel {
  float[] input;
  float[] output;
  int[] pass;
  int batch;

  @Override
  public void run() {
    reluForward(input, output, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void reluForward(
      float[] input, float[] output, int[] pass, int row, int batch, int item, int items) {
    int count =
        batch * pass[row + Pass.CHANNELS] * pass[row + Pass.HEIGHT] * pass[row + Pass.WIDTH];
    for (int element = item; element < count; element += items) {
      float value = input[pass[row + Pass.INPUT] + element];
      if (value < 0f) {
        value = 0f;
      }
      output[pass[row + Pass.OUTPUT] + element] = value;
    }
  }
}
