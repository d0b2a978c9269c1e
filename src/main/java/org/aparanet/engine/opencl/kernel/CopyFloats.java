package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Copy of the floats at the border of a part of a network: its images, or its outputs.
 *
 * <pre>
 * input [from + N x size]   output [N, size]
 *
 * output[n, i] = input[from + n x size + i]
 * </pre>
 */
final class CopyFloats extends Kernel {
  float[] input;
  float[] output;
  int from;
  int size;
  int batch;

  @Override
  public void run() {
    copyFloats(input, output, from, batch * size, getGlobalId(), getGlobalSize());
  }

  static void copyFloats(float[] input, float[] output, int from, int count, int item, int items) {
    for (int i = item; i < count; i += items) {
      output[i] = input[from + i];
    }
  }
}
