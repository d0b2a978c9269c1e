package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Dense layer, backward to its weights and bias: each work-item sums up whole elements over the
 * batch, always in the same order.
 *
 * <pre>
 * input [N, in]   dOutput [N, out]   dWeights [out, in]   dBias [out]
 *
 * dWeights[o, i] = sum over n of dOutput[n, o] * input[n, i]
 * dBias[o]       = sum over n of dOutput[n, o]
 * </pre>
 */
public final class DenseBackwardWeights extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dParameters;
  int[] pass;
  int batch;

  @Override
  public void run() {
    denseBackwardWeights(
        input, dOutput, dParameters, pass, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void denseBackwardWeights(
      float[] input,
      float[] dOutput,
      float[] dParameters,
      int[] pass,
      int row,
      int batch,
      int item,
      int items) {
    int inputs = pass[row + Pass.CHANNELS];
    int outputs = pass[row + Pass.OUT_CHANNELS];
    int weights = outputs * inputs;
    for (int element = item; element < weights + outputs; element += items) {
      float sum = 0f;
      if (element < weights) {
        int gradients = pass[row + Pass.OUTPUT] + element / inputs;
        int features = pass[row + Pass.INPUT] + element % inputs;
        for (int n = 0; n < batch; n++) {
          sum += dOutput[gradients + n * outputs] * input[features + n * inputs];
        }
        dParameters[pass[row + Pass.WEIGHT] + element] = sum;
      } else {
        for (int n = 0; n < batch; n++) {
          sum += dOutput[pass[row + Pass.OUTPUT] + n * outputs + element - weights];
        }
        dParameters[pass[row + Pass.BIAS] + element - weights] = sum;
      }
    }
  }
}
