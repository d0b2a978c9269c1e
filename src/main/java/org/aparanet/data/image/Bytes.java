package org.aparanet.data.image;

import java.util.Arrays;

/** Comparisons of a file's bytes. */
final class Bytes {
  private Bytes() {}

  static boolean startsWith(byte[] bytes, byte[] beginning) {
    return startsWith(bytes, 0, beginning);
  }

  /**
   * @param from which byte is to be the first of the beginning
   */
  static boolean startsWith(byte[] bytes, int from, byte[] beginning) {
    int to = from + beginning.length;
    return bytes.length >= to && Arrays.equals(bytes, from, to, beginning, 0, beginning.length);
  }
}
