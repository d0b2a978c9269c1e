package org.aparanet.model;

import java.util.List;

/**
 * Normalisation of an image's channels before the first layer, as most pre-trained networks expect
 * it.
 *
 * <pre>
 * input[c, y, x] = (pixel[c, y, x] / 255 - mean[c]) / std[c]
 * </pre>
 *
 * @param mean of each channel, in units of 0 to 1
 * @param std standard deviation of each channel, in the same units
 */
public record PixelNormalization(List<Float> mean, List<Float> std) {

  /**
   * Checks the values.
   *
   * @param mean of each channel, in units of 0 to 1
   * @param std standard deviation of each channel, in the same units
   * @throws IllegalArgumentException if the lists differ in length, a mean is not finite, a
   *     standard deviation is not above 0, or one is so small that an input would not be finite
   */
  public PixelNormalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() != std.size()) {
      throw new IllegalArgumentException(
          mean.size()
              + " means and "
              + std.size()
              + " standard deviations; each channel needs one of each");
    }
    for (int c = 0; c < mean.size(); c++) {
      if (!Float.isFinite(mean.get(c))) {
        throw new IllegalArgumentException(
            "mean " + mean.get(c) + " of channel " + c + "; it must be finite");
      }
      if (!(std.get(c) > 0) || !Float.isFinite(std.get(c))) {
        throw new IllegalArgumentException(
            "standard deviation "
                + std.get(c)
                + " of channel "
                + c
                + "; it must be finite and above 0");
      }
      float largest = Math.max(Math.abs(mean.get(c)), Math.abs(1 - mean.get(c)));
      if (!Float.isFinite(largest / std.get(c))) {
        throw new IllegalArgumentException(
            "mean "
                + mean.get(c)
                + " and standard deviation "
                + std.get(c)
                + " of channel "
                + c
                + " make inputs that are not finite");
      }
    }
  }

  /** {@return the number of channels} */
  public int channels() {
    return mean.size();
  }

  /**
   * Checks the number of channels.
   *
   * @param channels of the images
   * @throws IllegalArgumentException if this is for another number of channels
   */
  public void requireChannels(int channels) {
    if (channels() != channels) {
      throw new IllegalArgumentException(
          "a normalisation of " + channels() + " channels for images of " + channels);
    }
  }

  /**
   * The network's input for a pixel, in single precision.
   *
   * @param channel index of the channel
   * @param pixel 0 to 255
   * @return the value, normalised
   */
  public float value(int channel, int pixel) {
    return (pixel / 255f - mean.get(channel)) / std.get(channel);
  }
}
