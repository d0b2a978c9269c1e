package org.aparanet.engine.opencl;

import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.opencl.kernel.BatchImages;

/**
 * Images of a session: those that were loaded onto the device, and those that stay on the host
 * ({@link HostImages}); or, in a session that takes floats, {@link FloatImages}.
 */
final class DeviceImages implements AutoCloseable {
  private final Device device;
  private final BatchImages arrays;
  private final long mostBytes;
  private final ImageChunks chunks;
  private final HostImages host;
  private final FloatImages floats; // null where images are pixels

  /**
   * @param imageSize bytes of an image, or floats
   * @param takesFloats whether images are floats
   * @param batch the most images of a step
   * @param largestAllocation the most bytes that the device takes in one piece
   * @param mostBytes of images that may be on the device, in all pieces
   */
  DeviceImages(
      Device device,
      BatchImages arrays,
      int imageSize,
      boolean takesFloats,
      int batch,
      long largestAllocation,
      long mostBytes) {
    this.device = device;
    this.arrays = arrays;
    this.mostBytes = mostBytes;
    chunks = new ImageChunks(imageSize, largestAllocation);
    host = new HostImages(imageSize, batch);
    floats = takesFloats ? new FloatImages(imageSize) : null;
    setArrays();
  }

  private void setArrays() {
    arrays.setArrays(chunks.all(), chunks.chunkImages(), host.pixels());
  }

  /** Number of images that have an index. */
  int count() {
    return floats == null ? host.count() : floats.count();
  }

  /** Whether there is a set whose pixels the host changes. */
  boolean isStaged() {
    return host.isChanging();
  }

  /**
   * Appends images; where the device has no room for them, or Java's heap none for a copy of them,
   * they stay where they are, and each step has its own sent.
   *
   * @return index of the first one
   * @throws EngineException if the number of images exceeds an int
   */
  int load(ImageSet images) {
    if ((long) count() + images.count() > Integer.MAX_VALUE) {
      throw new EngineException(
          device + " takes no more than " + Integer.MAX_VALUE + " images in a session");
    }
    int first;
    if (fits(images)) {
      first = host.addOfDevice(images.count(), chunks.loaded());
      chunks.add(images);
    } else {
      first = host.addKept(images);
    }
    setArrays();
    return first;
  }

  /** Appends images that are floats; returns the index of the first one. */
  int load(float[][] images) {
    return floats.add(images);
  }

  private boolean fits(ImageSet images) {
    long all = (long) chunks.loaded() + images.count();
    return images.stored().array().isPresent()
        && all <= chunks.capacity()
        && all * images.shape().size() <= mostBytes;
  }

  /** Appends the set whose pixels the host changes; returns the index of its first image. */
  int stage(ImageSet images) {
    int first = host.addChanging(images);
    setArrays();
    return first;
  }

  /** Sends the indices of a step's images, and the pixels of those that are on the host. */
  void place(int[] images, int from, int count) {
    if (floats != null) {
      floats.copy(images, from, count, arrays.floats());
      arrays.sendFloats();
    } else if (host.place(images, from, count, arrays.indices())) {
      arrays.sendStaged();
    }
    arrays.sendIndices(count);
  }

  /**
   * Sets the indices of the next step's images, and has those on the host read meanwhile.
   *
   * @param batch index in the kernel's indices of the first of them
   * @return whether one of them is on the host
   */
  boolean placeNext(int[] images, int from, int count, int batch) {
    return host.placeNext(images, from, count, arrays.indices(), batch);
  }

  @Override
  public void close() {
    host.close();
  }
}
