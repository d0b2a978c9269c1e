package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.cpu.slice.SliceNetwork;

/** Image sets of a session, with consecutive numbers of their images. */
final class LoadedImages {
  private final List<Loaded> sets = new ArrayList<>();

  /**
   * A set.
   *
   * @param set the images' pixels; null where they are floats
   * @param array all pixels; null where they are in a file
   * @param floats of each image, instead of pixels
   */
  private record Loaded(int count, ImageSet set, byte[] array, float[][] floats) {}

  /** An image on its way from a file, for each thread. */
  private final ThreadLocal<byte[]> one = new ThreadLocal<>();

  private int count;

  /** Images in all sets. */
  int count() {
    return count;
  }

  /**
   * Adds a set.
   *
   * @return number of its first image
   * @throws EngineException if the number of images exceeds an int
   */
  int add(ImageSet set) {
    return add(new Loaded(set.count(), set, set.stored().array().orElse(null), null), set.name());
  }

  /**
   * Adds images that are there as floats.
   *
   * @param floats of each image, which is read when a batch has it
   * @return number of the first one
   * @throws EngineException if the number of images exceeds an int
   */
  int add(float[][] floats) {
    return add(new Loaded(floats.length, null, null, floats), floats.length + " images more");
  }

  private int add(Loaded set, String name) {
    if ((long) count + set.count() > Integer.MAX_VALUE) {
      throw new EngineException(name + " takes the session over " + Integer.MAX_VALUE + " images");
    }
    int first = count;
    sets.add(set);
    count += set.count();
    return first;
  }

  /** Copies rows of a batch, from {@code first} on, into a network's slice. */
  void read(SliceNetwork network, Batch batch, int first, int rows) {
    float[][] floats = new float[rows][]; // of all rows, or of none
    for (int row = 0; row < rows; row++) {
      int index = batch.indices()[batch.from() + first + row];
      int at = 0;
      while (index >= sets.get(at).count()) {
        index -= sets.get(at++).count();
      }
      Loaded set = sets.get(at);
      if (set.floats() != null) {
        floats[row] = set.floats()[index];
      } else if (set.array() != null) {
        network.read(set.array(), index, row);
      } else {
        network.read(copied(set.set(), index), 0, row);
      }
    }
    if (floats[0] != null) {
      network.readAll(floats, rows);
    }
    network.begin(rows, first, batch.dropout());
  }

  private byte[] copied(ImageSet set, int index) {
    byte[] pixels = one.get();
    if (pixels == null) {
      pixels = new byte[set.shape().size()]; // that of the network, as of all sets
      one.set(pixels);
    }
    set.copy(index, pixels, 0);
    return pixels;
  }

  void clear() {
    sets.clear();
  }
}
