package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.EngineException;

/** Images of a session that are floats, on the host; a step has its own sent along. */
final class FloatImages {
  private final int imageSize;
  private final List<float[][]> sets = new ArrayList<>();
  private int count;

  /**
   * @param imageSize floats of an image
   */
  FloatImages(int imageSize) {
    this.imageSize = imageSize;
  }

  /** Number of images in all sets. */
  int count() {
    return count;
  }

  /**
   * Adds a set.
   *
   * @return number of its first image
   * @throws EngineException if the number of images exceeds an int
   */
  int add(float[][] set) {
    if ((long) count + set.length > Integer.MAX_VALUE) {
      throw new EngineException(
          set.length + " images more take the session over " + Integer.MAX_VALUE);
    }
    int first = count;
    sets.add(set);
    count += set.length;
    return first;
  }

  /**
   * Copies a batch.
   *
   * @param wanted numbers of images, of which {@code number} from {@code from} on are used; there
   *     may be no set yet, and then the device is tried with zeros
   * @param target receives them [number, imageSize]
   */
  void copy(int[] wanted, int from, int number, float[] target) {
    for (int row = 0; row < number && !sets.isEmpty(); row++) {
      int index = wanted[from + row];
      int set = 0;
      while (index >= sets.get(set).length) {
        index -= sets.get(set++).length;
      }
      System.arraycopy(sets.get(set)[index], 0, target, row * imageSize, imageSize);
    }
  }
}
