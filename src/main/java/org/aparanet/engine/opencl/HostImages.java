package org.aparanet.engine.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;

/**
 * Sets of a session by the indices of their images, of which some stay on the host: sets that are
 * larger than the device's memory or are in a file, and one whose pixels the host changes. A step
 * has what it takes of these sent along.
 *
 * <p>{@code GatherImages} reads images of the host from an array of their own, by negative indices.
 * Where the changing set is the only one, that is the set's own array; otherwise it has a place for
 * each image of a batch.
 */
final class HostImages implements AutoCloseable {
  private final int imageSize;
  private final int batch;
  private final byte[] none;
  private final List<Range> ranges = new ArrayList<>();
  private int count;
  private ImageSet changing;
  private ReadAhead ahead; // null while the only set of the host is the changing one
  private byte[] places; // [batch, imageSize]; null as well

  /**
   * A set's images.
   *
   * @param first the session's index of the first one
   * @param inDevice index of the first one among those on the device
   * @param set null where they are on the device
   */
  private record Range(int first, int count, int inDevice, ImageSet set) {}

  /**
   * @param imageSize bytes of an image
   * @param batch the most images of a step
   */
  HostImages(int imageSize, int batch) {
    this.imageSize = imageSize;
    this.batch = batch;
    none = new byte[imageSize]; // a kernel's array must not be null
  }

  /** Number of images that have an index. */
  int count() {
    return count;
  }

  /** Whether there is a set whose pixels the host changes. */
  boolean isChanging() {
    return changing != null;
  }

  /**
   * Gives indices to images that are on the device.
   *
   * @param before images that were there before
   * @return index of the first one
   */
  int addOfDevice(int number, int before) {
    return add(new Range(count, number, before, null));
  }

  /** Gives indices to the set whose pixels the host changes; returns that of its first image. */
  int addChanging(ImageSet set) {
    changing = set;
    return add(new Range(count, set.count(), 0, set));
  }

  /** Gives indices to a set that stays on the host; returns that of its first image. */
  int addKept(ImageSet set) {
    if (ahead == null) {
      places = new byte[Math.multiplyExact(batch, imageSize)];
      ahead = new ReadAhead(places.length);
    }
    return add(new Range(count, set.count(), 0, set));
  }

  private int add(Range range) {
    if (ahead != null) {
      ahead.forget(); // it reads the ranges
    }
    ranges.add(range);
    count += range.count();
    return range.first();
  }

  private Range range(int index) {
    for (Range range : ranges) {
      if (index < range.first() + range.count()) {
        return range;
      }
    }
    return new Range(count, 0, count, null); // the black image that a device is tried with
  }

  /** Present pixels of the host's images; never null. */
  byte[] pixels() {
    if (places != null) {
      return places;
    }
    return changing != null && changing.count() > 0 ? changing.pixels() : none;
  }

  /**
   * Translates a session's indices to those of {@code GatherImages}, puts the images that they mean
   * into {@link #pixels}, and begins to read those behind them, if they follow one another.
   *
   * @param wanted the session's indices, of which {@code number} from {@code from} on are used
   * @param indices receives the translated indices
   * @return whether one of them is of the host
   */
  boolean place(int[] wanted, int from, int number, int[] indices) {
    boolean any = translate(wanted, from, number, indices, 0);
    if (any && places != null) {
      if (!ahead.take(wanted, from, number, places)) {
        copy(wanted, from, number, places);
      }
      readFollowing(wanted, from, number);
    }
    return any;
  }

  /** A set that is tested with is gone through in order, and nobody says so before. */
  private void readFollowing(int[] wanted, int from, int number) {
    int next = wanted[from] + number;
    Range range = range(wanted[from]);
    int count = Math.min(number, range.first() + range.count() - next);
    boolean inOrder =
        number > 1
            && IntStream.range(1, number).allMatch(i -> wanted[from + i] == next - number + i);
    if (inOrder && count > 0 && range.set() != null && range.set() != changing) {
      int[] following = IntStream.range(next, next + count).toArray();
      ahead.read(following, target -> copy(following, 0, count, target));
    }
  }

  /**
   * Translates the indices of the next step, and begins to read what of its images is kept.
   *
   * @param at offset in {@code indices}
   * @return whether one of them is of the host
   */
  boolean placeNext(int[] wanted, int from, int number, int[] indices, int at) {
    boolean any = translate(wanted, from, number, indices, at);
    if (any && places != null && !anyChanging(wanted, from, number)) {
      int[] next = Arrays.copyOfRange(wanted, from, from + number);
      ahead.read(next, target -> copy(next, 0, number, target));
    }
    return any;
  }

  private boolean translate(int[] wanted, int from, int number, int[] indices, int at) {
    boolean any = false;
    for (int i = 0; i < number; i++) {
      int index = wanted[from + i];
      Range range = range(index);
      if (range.set() == null) {
        indices[at + i] = range.inDevice() + index - range.first();
      } else {
        indices[at + i] = -1 - (places == null ? index - range.first() : i);
        any = true;
      }
    }
    return any;
  }

  private boolean anyChanging(int[] wanted, int from, int number) {
    for (int i = 0; i < number && changing != null; i++) {
      if (range(wanted[from + i]).set() == changing) {
        return true;
      }
    }
    return false;
  }

  /** Copies those of the host, each to its place in the batch. */
  private void copy(int[] wanted, int from, int number, byte[] target) {
    for (int i = 0; i < number; i++) {
      Range range = range(wanted[from + i]);
      if (range.set() != null) {
        range.set().copy(wanted[from + i] - range.first(), target, i * imageSize);
      }
    }
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.close();
    }
  }
}
