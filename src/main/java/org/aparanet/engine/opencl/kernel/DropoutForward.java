package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import org.aparanet.model.DropoutMask;

/**
 * Dropout, forward, possibly in place.
 *
 * <pre>
 * input, output [N, ...]   keys [layers]
 *
 * output = input / (1 - probability) where {@link DropoutMask} keeps the element, else input * 0
 * </pre>
 */
final class DropoutForward extends Kernel {
  float[] input;
  float[] output;
  int[] keys;
  int[] passes;
  int batch;

  @Override
  public void run() {
    dropoutForward(input, output, keys, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void dropoutForward(
      float[] input,
      float[] output,
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
      output[passes[row + Pass.OUTPUT] + element] =
          input[passes[row + Pass.INPUT] + element] * dropoutFactor(passes, row, key, element);
    }
  }

  /** Factor of an element: 0 if it is dropped. */
  static float dropoutFactor(int[] passes, int row, int key, int element) {
    float factor = 0f;
    if (DropoutMask.hash(key, element) >= passes[row + Pass.THRESHOLD]) {
      factor = Pass.WHOLE / (float) passes[row + Pass.KEPT];
    }
    return factor;
  }
}
