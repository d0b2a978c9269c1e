package org.aparanet.engine.cpu;

import org.aparanet.data.ImageSet;

/** The numbers that pixels stand for: 0 to 1. */
final class Pixels {
  private static final float[] VALUES = new float[256];

  static {
    for (int i = 0; i < VALUES.length; i++) {
      VALUES[i] = i / ImageSet.PIXEL_SCALE;
    }
  }

  private Pixels() {}

  /** The number for an unsigned byte. */
  static float value(byte pixel) {
    return VALUES[pixel & 0xFF];
  }
}
