package org.aparanet.data.augment;

import java.util.Arrays;
import java.util.Optional;
import org.aparanet.model.PixelNormalization;

/**
 * Colour of what comes into an image from outside, and of what is cut out of it: black, or the mean
 * colour, to the nearest byte, where a network normalises its images, so that its input is about 0
 * there in both cases.
 */
public final class FillColor {
  /** Black, whatever the number of channels. */
  public static final FillColor BLACK = new FillColor(null);

  private final byte[] channels; // null for black

  private FillColor(byte[] channels) {
    this.channels = channels;
  }

  /**
   * {@return the colour for a network's images: the byte nearest to each channel's mean}
   *
   * @param normalization of the network; black without one
   */
  public static FillColor of(Optional<PixelNormalization> normalization) {
    return normalization.map(FillColor::mean).orElse(BLACK);
  }

  private static FillColor mean(PixelNormalization normalization) {
    byte[] channels = new byte[normalization.channels()];
    for (int c = 0; c < channels.length; c++) {
      float mean = Math.max(0, Math.min(1, normalization.mean().get(c)));
      channels[c] = (byte) Math.round(255 * mean);
    }
    return new FillColor(channels);
  }

  /**
   * Fills a part of a channel.
   *
   * @param from index of its first byte in {@code pixels}
   * @param to index behind its last byte
   */
  void fill(byte[] pixels, int from, int to, int channel) {
    Arrays.fill(pixels, from, to, channels == null ? 0 : channels[channel]);
  }
}
