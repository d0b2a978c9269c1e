package org.aparanet.engine.cpu.slice;

import org.aparanet.data.ImageSet;

/** Inputs from pixels: bytes 0 to 255 as floats 0 to 1. */
public final class Pixels {
  private static final float[] VALUES = new float[256];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = i / ImageSet.PIXEL_SCALE;
    }
  }

  private Pixels() {}

  /** Input from an unsigned byte. */
  public static float value(byte pixel) {
    return VALUES[pixel & 0xFF];
  }
}
