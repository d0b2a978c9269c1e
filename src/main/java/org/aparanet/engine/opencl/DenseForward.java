package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Dense layer, forward: each work-item computes output elements, one after another.
 *
 * <pre>
 * input [N, in]   weights [out, in]   bias [out]   output [N, out]
 *
 * output[n, o] = bias[o] + sum over i of input[n, i] * weights[o, i]
 * </pre>
 */
public final class DenseForward extends Kernel {
  float[] input;
  float[] parameters;
  float[] output;
  int[] pass;
  int batch;

  @Override
  public void run() {
    denseForward(input, parameters, output, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void denseForward(
      float[] input,
      float[] parameters,
      float[] output,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int inputs = pass[row + Pass.CHANNELS];
    int outputs = pass[row + Pass.OUT_CHANNELS];
    int count = batch * outputs;
    for (int element = item; element < count; element += items) {
      int features = pass[row + Pass.INPUT] + element / outputs * inputs;
      int weights = pass[row + Pass.WEIGHT] + element % outputs * inputs;
      float sum = 0f;
      for (int i = 0; i < inputs; i++) {
        sum += input[features + i] * parameters[weights + i];
      }
      output[pass[row + Pass.OUTPUT] + element] =
          sum + parameters[pass[row + Pass.BIAS] + element % outputs];
    }
  }
}
