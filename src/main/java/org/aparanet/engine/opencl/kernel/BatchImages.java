package org.aparanet.engine.opencl.kernel;

import java.util.List;

/** Arrays of images on the device, and the indices of those that make up a batch. */
public final class BatchImages {
  private final TrainingKernel kernel;
  private final ArrayTransfer transfer;

  BatchImages(TrainingKernel kernel, ArrayTransfer transfer) {
    this.kernel = kernel;
    this.transfer = transfer;
  }

  /**
   * Sets the arrays that images are taken from.
   *
   * @param chunks the data set, in as many arrays as the kernel has
   * @param chunkImages images of a full chunk
   * @param staged images that the host changes between steps
   */
  public void setArrays(List<byte[]> chunks, int chunkImages, byte[] staged) {
    kernel.images0 = chunks.get(0);
    kernel.images1 = chunks.get(1);
    kernel.images2 = chunks.get(2);
    kernel.images3 = chunks.get(3);
    kernel.chunkImages = chunkImages;
    kernel.staged = staged;
  }

  /** Sends the images that the host has changed. */
  public void sendStaged() {
    transfer.send(kernel.staged);
  }

  /** The batch's images as floats [batch, C, H, W], where the network takes such. */
  public float[] floats() {
    return kernel.floats;
  }

  /** Sends {@link #floats}. */
  public void sendFloats() {
    transfer.send(kernel.floats);
  }

  /** Indices of the batch's images, and behind the batch's size those of the next batch. */
  public int[] indices() {
    return kernel.indices;
  }

  /**
   * Sends {@link #indices}, with which a new step begins.
   *
   * @param count images of the batch
   */
  public void sendIndices(int count) {
    transfer.send(kernel.indices);
    kernel.batch = count;
    kernel.step = TrainingKernel.next(kernel.step);
  }

  /** Sets the number of images that the next update gathers for the step behind it. */
  public void setNextBatch(int count) {
    kernel.nextBatch = count;
  }

  /** Number of images that the update gathers for the next step. */
  public int nextBatch() {
    return kernel.nextBatch;
  }
}
