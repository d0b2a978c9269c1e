package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * Takes the images of a batch out of the data set that lies on the device.
 *
 * <pre>
 * images [all, size] unsigned bytes   indices [N]   output [N, size]
 *
 * output[n, i] = images[indices[n], i] / 255
 * </pre>
 */
public final class GatherImages extends Kernel {
  byte[] images;
  int[] indices;
  float[] output;
  int size;
  int batch;

  @Override
  public void run() {
    gatherImages(images, indices, output, size, batch, getGlobalId(), getGlobalSize());
  }

  static void gatherImages(
      byte[] images, int[] indices, float[] output, int size, int batch, int item, int items) {
    for (int element = item; element < batch * size; element += items) {
      output[element] = (images[indices[element / size] * size + element % size] & 0xFF) / 255f;
    }
  }
}
