package org.aparanet.engine.opencl;

import java.util.Arrays;
import org.aparanet.engine.opencl.kernel.BatchImages;

/**
 * Prefetch of the next step's images, where the host knows them in advance: the update gathers
 * them, and the next step begins behind the pass {@code GATHER}.
 */
final class Prefetch {
  private final BatchImages arrays;
  private final DeviceImages images;
  private final int batch;

  /** Indices of the images that the last step has gathered, {@link #count} of them. */
  private final int[] gathered;

  private int count;

  /**
   * @param batch the most images of a step
   */
  Prefetch(BatchImages arrays, DeviceImages images, int batch) {
    this.arrays = arrays;
    this.images = images;
    this.batch = batch;
    gathered = new int[batch];
  }

  /** Has the next update gather images, unless they come from the host. */
  void expect(int[] indices, int from, int number) {
    boolean changing = images.placeNext(indices, from, number, batch);
    arrays.setNextBatch(changing ? 0 : number);
  }

  /** Has updates gather nothing until images are expected again. */
  void expectNothing() {
    arrays.setNextBatch(0);
  }

  /** Notes the images that the update of the step that has just ended has gathered. */
  void stepEnded() {
    count = arrays.nextBatch();
    System.arraycopy(arrays.indices(), batch, gathered, 0, count);
  }

  /** Number of images that the last step has gathered, if no step has taken them since. */
  int count() {
    return count;
  }

  /** Whether the last step has gathered the batch whose indices the kernel has; true only once. */
  boolean take(int number) {
    boolean same =
        number == count && Arrays.equals(arrays.indices(), 0, number, gathered, 0, number);
    count = 0;
    return same;
  }
}
