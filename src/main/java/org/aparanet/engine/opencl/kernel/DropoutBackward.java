package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Dropout, backward, possibly in place. The mask is computed again. Behind a ReLU the gradient is 0
 * where the input is not positive; the output may have replaced it in place.
 *
 * <pre>
 * input, dOutput, dInput [N, ...]   keys [layers]
 *
 * dInput = dOutput / (1 - probability) where the element was kept, else dOutput * 0
 * </pre>
 */
final class DropoutBackward extends Kernel {
  float[] input;
  float[] dOutput;
  float[] dInput;
  int[] keys;
  int[] passes;
  int batch;

  @Override
  public void run() {
    dropoutBackward(input, dOutput, dInput, keys, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void dropoutBackward(
      float[] input,
      float[] dOutput,
      float[] dInput,
      int[] keys,
      int[] passes,
      int row,
      int batch,
      int item,
      int items) {
    int count =
        batch * passes[row + Pass.CHANNELS] * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
    int key = keys[passes[row + Pass.LAYER]];
    for (int element = item; element < count; element += items) {
      float gradient =
          dOutput[passes[row + Pass.OUTPUT] + element]
              * DropoutForward.dropoutFactor(passes, row, key, element);
      InputGradient.storeGradient(input, dInput, passes, row, element, gradient);
    }
  }
}
