package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Leaky ReLU, backward; dOutput and dInput may be the same place. An output is positive where its
 * input was, so that the forward pass may have written over the input.
 *
 * <pre>
 * output [N, ...]   dOutput [N, ...]   dInput [N, ...]
 *
 * dInput = dOutput where output > 0, else slope * dOutput
 * </pre>
 */
final class LeakyReluBackward extends Kernel {
  float[] output;
  float[] dOutput;
  float[] dInput;
  int[] passes;
  int batch;

  @Override
  public void run() {
    leakyReluBackward(output, dOutput, dInput, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void leakyReluBackward(
      float[] output,
      float[] dOutput,
      float[] dInput,
      int[] passes,
      int row,
      int batch,
      int item,
      int items) {
    int count =
        batch * passes[row + Pass.CHANNELS] * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
    int whole = Pass.WHOLE_SLOPE; // the digits of a float's constant depend on the JDK
    float slope = passes[row + Pass.SLOPE] / (float) whole;
    for (int element = item; element < count; element += items) {
      float gradient = slope * dOutput[passes[row + Pass.OUTPUT] + element];
      if (output[passes[row + Pass.OUTPUT] + element] > 0f) {
        gradient = dOutput[passes[row + Pass.OUTPUT] + element];
      }
      InputGradient.storeGradient(output, dInput, passes, row, element, gradient);
    }
  }
}
