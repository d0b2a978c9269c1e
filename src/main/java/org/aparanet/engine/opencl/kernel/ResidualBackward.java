package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Residual sum, backward: the sum's gradient is that of both inputs. Where the branch has left a
 * gradient already, they are added up.
 *
 * <pre>
 * input, dOutput, dInput [N, ...]
 *
 * dInput = dOutput             to the end of the branch
 * dInput = dInput + dOutput    to its beginning
 * </pre>
 *
 * <p>Behind a ReLU the gradient is 0 where the input is not positive.
 */
final class ResidualBackward extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dInput;
  int[] passes;
  int batch;

  @Override
  public void run() {
    residualBackward(input, dOutput, dInput, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void residualBackward(
      float[] input,
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
      InputGradient.storeGradient(
          input, dInput, passes, row, element, dOutput[passes[row + Pass.OUTPUT] + element]);
    }
  }
}
