package org.aparanet.engine.cpu.slice;

import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;

/**
 * Inputs from pixels: bytes 0 to 255 as floats 0 to 1, normalised where the network asks for it.
 */
public final class Pixels {
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < UNIT.length; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final float[][] values; // [channel, 256]; null where all channels have UNIT's

  public Pixels(Network network) {
    values = network.normalization().map(Pixels::normalized).orElse(null);
  }

  private static float[][] normalized(PixelNormalization normalization) {
    float[][] values = new float[normalization.channels()][256];
    for (int c = 0; c < values.length; c++) {
      for (int i = 0; i < 256; i++) {
        values[c][i] = normalization.value(c, i);
      }
    }
    return values;
  }

  /** Inputs of a channel, by unsigned byte: 256 elements. */
  public float[] values(int channel) {
    return values == null ? UNIT : values[channel];
  }
}
