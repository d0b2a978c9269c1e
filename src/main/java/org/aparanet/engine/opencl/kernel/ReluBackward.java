package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * ReLU, backward; dOutput and dInput may be the same place.
 *
 * <pre>
 * output [N, ...]   dOutput [N, ...]   dInput [N, ...]        dInput = dOutput where output > 0, else 0
 * </pre>
 */
final class ReluBackward extends Kernel {
  float[] output;
  float[] dOutput;
  float[] dInput;
  int[] passes;
  int batch;

  @Override
  public void run() {
    reluBackward(output, dOutput, dInput, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void reluBackward(
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
    for (int element = item; element < count; element += items) {
      float gradient = 0f;
      if (output[passes[row + Pass.OUTPUT] + element] > 0f) {
        gradient = dOutput[passes[row + Pass.OUTPUT] + element];
      }
      InputGradient.storeGradient(output, dInput, passes, row, element, gradient);
    }
  }
}
