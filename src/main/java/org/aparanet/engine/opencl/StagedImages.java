package org.aparanet.engine.opencl;

import org.aparanet.data.ImageSet;

/**
 * The set of images whose pixels the host changes between steps, and what its presence does to the
 * session's indices: it has a range of its own between the images that were loaded before it and
 * those loaded after it.
 */
final class StagedImages {
  private final byte[] none;
  private ImageSet images;
  private int first;

  /**
   * @param imageSize bytes of an image
   */
  StagedImages(int imageSize) {
    none = new byte[imageSize]; // an array that the device cannot lack
  }

  /**
   * @param loaded images that the session has so far
   */
  void set(ImageSet set, int loaded) {
    images = set;
    first = loaded;
  }

  boolean present() {
    return images != null;
  }

  int count() {
    return present() ? images.count() : 0;
  }

  /** The pixels as they are now [count, imageSize]; never null. */
  byte[] pixels() {
    return count() > 0 ? images.pixels() : none;
  }

  /**
   * Translates a session's indices to what {@code GatherImages} takes.
   *
   * @param wanted the session's indices, of which the {@code number} from {@code from} on are meant
   * @param indices receives as many
   * @param at where in {@code indices}
   * @return whether one of them is of this set
   */
  boolean place(int[] wanted, int from, int number, int[] indices, int at) {
    boolean any = false;
    for (int i = 0; i < number; i++) {
      int beyond = wanted[from + i] - first;
      if (!present() || beyond < 0) {
        indices[at + i] = wanted[from + i];
      } else if (beyond < count()) {
        indices[at + i] = -1 - beyond;
        any = true;
      } else {
        indices[at + i] = wanted[from + i] - count();
      }
    }
    return any;
  }
}
