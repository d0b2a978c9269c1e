package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Dense layer, backward to its input: each work-item computes input gradients, one after another.
 *
 * <pre>
 * dOutput [N, out]   weights [out, in]   dInput [N, in]
 *
 * dInput[n, i] = sum over o of dOutput[n, o] * weights[o, i]
 * </pre>
 */
public final class DenseBackwardData extends Kernel {
  float[] dOutput;
  float[] parameters;
  float[] dInput;
  int[] pass;
  int batch;

  @Override
  public void run() {
    denseBackwardData(dOutput, parameters, dInput, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void denseBackwardData(
      float[] dOutput,
      float[] parameters,
      float[] dInput,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int inputs = pass[row + Pass.CHANNELS];
    int outputs = pass[row + Pass.OUT_CHANNELS];
    int count = batch * inputs;
    for (int element = item; element < count; element += items) {
      int gradients = pass[row + Pass.OUTPUT] + element / inputs * outputs;
      int weights = pass[row + Pass.WEIGHT] + element % inputs;
      float sum = 0f;
      for (int o = 0; o < outputs; o++) {
        sum += dOutput[gradients + o] * parameters[weights + o * inputs];
      }
      dInput[pass[row + Pass.INPUT] + element] = sum;
    }
  }
}
