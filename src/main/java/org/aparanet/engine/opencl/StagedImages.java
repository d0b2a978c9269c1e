package org.aparanet.engine.opencl;

import org.aparanet.data.ImageSet;

/**
 * Set of images whose pixels the host changes between steps. Its range of the session's indices is
 * between the images that were loaded before it and those loaded after it.
 */
final class StagedImages {
  private final byte[] none;
  private ImageSet images;
  private int first;

  /**
   * @param imageSize bytes of an image
   */
  StagedImages(int imageSize) {
    none = new byte[imageSize]; // a kernel's array must not be null
  }

  /**
   * @param loaded number of images that the session has so far
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

  /** Present pixels [count, imageSize]; never null. */
  byte[] pixels() {
    return count() > 0 ? images.pixels() : none;
  }

  /**
   * Translates a session's indices to those of {@code GatherImages}.
   *
   * @param wanted the session's indices, of which {@code number} from {@code from} on are used
   * @param indices receives the translated indices
   * @param at offset in {@code indices}
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
