package org.aparanet.data;

/** Pixels as unsigned bytes, in which form a data set has them. */
public final class PixelBytes {
  private PixelBytes() {}

  /**
   * Rounds pixels from 0 to 1 to the 256 values that a byte has.
   *
   * @param pixels values from 0 to 1
   * @param target receives a byte for each, from {@code to} on
   * @param to index of the first byte in {@code target}
   * @throws IllegalArgumentException if a pixel is not from 0 to 1
   */
  public static void round(float[] pixels, byte[] target, int to) {
    for (int i = 0; i < pixels.length; i++) {
      if (!(pixels[i] >= 0 && pixels[i] <= 1)) { // neither does NaN pass
        throw new IllegalArgumentException(
            "pixel " + i + " is " + pixels[i] + "; pixels are from 0 to 1");
      }
      target[to + i] = (byte) (int) (pixels[i] * 255 + 0.5f);
    }
  }
}
