package org.aparanet.engine.opencl;

import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.opencl.kernel.BatchImages;

/** Images of a session: those that were loaded, and a set whose pixels the host changes. */
final class DeviceImages {
  private final Device device;
  private final BatchImages arrays;
  private final long largestAllocation;
  private final ImageChunks chunks;
  private final StagedImages staged;

  /**
   * @param imageSize bytes of an image
   * @param largestAllocation the most bytes that the device takes in one piece
   */
  DeviceImages(Device device, BatchImages arrays, int imageSize, long largestAllocation) {
    this.device = device;
    this.arrays = arrays;
    this.largestAllocation = largestAllocation;
    chunks = new ImageChunks(imageSize, largestAllocation);
    staged = new StagedImages(imageSize);
    setArrays();
  }

  private void setArrays() {
    arrays.setArrays(chunks.all(), chunks.chunkImages(), staged.pixels());
  }

  /** Number of images that have an index. */
  int count() {
    return chunks.loaded() + staged.count();
  }

  /** Whether there is a set whose pixels the host changes. */
  boolean isStaged() {
    return staged.present();
  }

  /**
   * Appends images.
   *
   * @return index of the first one
   * @throws EngineException if the device has no room for them
   */
  int load(ImageSet images) {
    long all = (long) chunks.loaded() + images.count();
    if (all > chunks.capacity()) {
      throw new EngineException(
          device
              + " has no room for the images of "
              + images.name()
              + ": "
              + all
              + " images in all, it takes "
              + chunks.capacity()
              + " in "
              + ImageChunks.MOST
              + " pieces of "
              + largestAllocation
              + " bytes at most");
    }
    int first = count();
    chunks.add(images);
    setArrays();
    return first;
  }

  /** Appends the set whose pixels the host changes; returns the index of its first image. */
  int stage(ImageSet images) {
    int first = count();
    staged.set(images, first);
    setArrays();
    return first;
  }

  /** Sends the indices of a step's images, and the pixels of those that the host changes. */
  void place(int[] images, int from, int count) {
    if (staged.place(images, from, count, arrays.indices(), 0)) {
      arrays.sendStaged();
    }
    arrays.sendIndices(count);
  }

  /**
   * Sets the indices of the next step's images.
   *
   * @param batch index in the kernel's indices of the first of them
   * @return whether the host may still change one of them
   */
  boolean placeNext(int[] images, int from, int count, int batch) {
    return staged.place(images, from, count, arrays.indices(), batch);
  }
}
