package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Leaky ReLU, forward; input and output may be the same place.
 *
 * <pre>
 * input [N, ...]   output [N, ...]        output = input where input > 0, else slope * input
 * </pre>
 */
final class LeakyReluForward extends Kernel {
  float[] input;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    leakyReluForward(input, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void leakyReluForward(
      float[] input, float[] output, int[] passes, int row, int batch, int item, int items) {
    int count =
        batch * passes[row + Pass.CHANNELS] * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
    int whole = Pass.WHOLE_SLOPE; // the digits of a float's constant depend on the JDK
    float slope = passes[row + Pass.SLOPE] / (float) whole;
    for (int element = item; element < count; element += items) {
      float value = input[passes[row + Pass.INPUT] + element];
      float result = slope * value;
      if (value > 0f) {
        result = value;
      }
      output[passes[row + Pass.OUTPUT] + element] = result;
    }
  }
}
