package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Gather of a batch's images from the data set on the device, in up to four chunks, or from a small
 * set that the host rewrites.
 *
 * <pre>
 * images0, images1, images2, images3 [chunkImages, size] unsigned bytes   indices [N]   output [N, size]
 * staged [S, size] unsigned bytes   normalization [C, 2]: mean and standard deviation
 *
 * pixel = images[indices[n], i]        where indices[n] >= 0
 * pixel = staged[-1 - indices[n], i]   elsewhere
 * c = i / plane
 *
 * output[n, i] = (pixel / 255 - normalization[c, 0]) / normalization[c, 1]
 * </pre>
 */
final class GatherImages extends Kernel {
  byte[] images0;
  byte[] images1;
  byte[] images2;
  byte[] images3;
  byte[] staged;
  int[] indices;
  float[] normalization;
  float[] output;
  int chunkImages;
  int size;
  int plane;
  int batch;

  @Override
  public void run() {
    gatherImages(
        images0,
        images1,
        images2,
        images3,
        staged,
        indices,
        normalization,
        output,
        chunkImages,
        size,
        plane,
        0,
        batch,
        getGlobalId(),
        getGlobalSize());
  }

  /**
   * @param first index in {@code indices} of the first image's index
   */
  static void gatherImages(
      byte[] images0,
      byte[] images1,
      byte[] images2,
      byte[] images3,
      byte[] staged,
      int[] indices,
      float[] normalization,
      float[] output,
      int chunkImages,
      int size,
      int plane,
      int first,
      int batch,
      int item,
      int items) {
    for (int element = item; element < batch * size; element += items) {
      int image = indices[first + element / size];
      int chunk = image / chunkImages;
      int at = image % chunkImages * size + element % size;
      int pixel = 0;
      if (image >= 0 && chunk == 0) {
        pixel = images0[at];
      }
      if (chunk == 1) {
        pixel = images1[at];
      }
      if (chunk == 2) {
        pixel = images2[at];
      }
      if (chunk == 3) {
        pixel = images3[at];
      }
      if (image < 0) {
        pixel = staged[(-1 - image) * size + element % size];
      }
      int channel = element % size / plane;
      float mean = normalization[2 * channel];
      float deviation = normalization[2 * channel + 1];
      output[element] = ((pixel & 0xFF) / 255f - mean) / deviation;
    }
  }
}
