package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * ReLU, backward; dOutput and dInput may be the same place.
 *
 * <pre>
 * output [N, ...]   dOutput [N, ...]   dInput [N, ...]        dInput = dOutput where output > 0, else 0
 * </pre>
 */
public final class ReluBackward extends Kernel {
  float[] output;
  float[] dOutput;
  float[] dInput;
  int[] pass;
  int batch;

  @Override
  public void run() {
    reluBackward(output, dOutput, dInput, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void reluBackward(
      float[] output,
      float[] dOutput,
      float[] dInput,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int count =
        batch * pass[row + Pass.CHANNELS] * pass[row + Pass.HEIGHT] * pass[row + Pass.WIDTH];
    for (int element = item; element < count; element += items) {
      float gradient = 0f;
      if (output[pass[row + Pass.OUTPUT] + element] > 0f) {
        gradient = dOutput[pass[row + Pass.OUTPUT] + element];
      }
      dInput[pass[row + Pass.INPUT] + element] = gradient;
    }
  }
}
