package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.cpu.slice.SliceNetwork;

/** Image sets of a session, with consecutive numbers of their images. */
final class LoadedImages {
  private final List<ImageSet> sets = new ArrayList<>();
  private final List<byte[]> arrays = new ArrayList<>(); // of the sets; null where there is none

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
    if ((long) count + set.count() > Integer.MAX_VALUE) {
      throw new EngineException(
          set.name() + " takes the session over " + Integer.MAX_VALUE + " images");
    }
    int first = count;
    sets.add(set);
    arrays.add(set.stored().array().orElse(null));
    count += set.count();
    return first;
  }

  /** Copies rows of a batch, from {@code first} on, into a network's slice. */
  void read(SliceNetwork network, Batch batch, int first, int rows) {
    for (int row = 0; row < rows; row++) {
      int index = batch.indices()[batch.from() + first + row];
      int set = 0;
      while (index >= sets.get(set).count()) {
        index -= sets.get(set++).count();
      }
      byte[] pixels = arrays.get(set);
      if (pixels != null) {
        network.read(pixels, index, row);
      } else {
        network.read(copied(sets.get(set), index), 0, row);
      }
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
    arrays.clear();
  }
}
