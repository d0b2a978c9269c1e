package org.aparanet.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.aparanet.model.PixelNormalization;

/** Mean and standard deviation of the pixels of a set's images, channel by channel. */
public final class PixelStatistics {
  private PixelStatistics() {}

  /**
   * The normalisation after which each channel has mean 0 and standard deviation 1 over all images;
   * a channel whose pixels are all alike is only moved.
   *
   * @param images to measure, at least one
   * @return the normalisation, with a mean and a standard deviation for each channel
   * @throws IllegalArgumentException if there is no image
   */
  public static PixelNormalization of(ImageSet images) {
    if (images.count() == 0) {
      throw new IllegalArgumentException(images.name() + " has no image to measure");
    }
    return of(counts(images));
  }

  /**
   * As above, from the counts of all images.
   *
   * @param ofChannels how often each channel has each of the 256 values; at least once any
   * @return the normalisation
   */
  public static PixelNormalization of(long[][] ofChannels) {
    List<Float> mean = new ArrayList<>();
    List<Float> std = new ArrayList<>();
    for (long[] counts : ofChannels) {
      double pixels = LongStream.of(counts).sum();
      double average = 0;
      for (int i = 0; i < counts.length; i++) {
        average += counts[i] / pixels * i / 255;
      }
      double variance = 0;
      for (int i = 0; i < counts.length; i++) {
        variance += counts[i] / pixels * Math.pow(i / 255.0 - average, 2);
      }
      mean.add((float) average);
      std.add(isConstant(counts) ? 1 : (float) Math.sqrt(variance));
    }
    return new PixelNormalization(mean, std);
  }

  /**
   * {@return how often each channel has each of the 256 values}
   *
   * @param images to measure
   */
  public static long[][] counts(ImageSet images) {
    long[][] counts = new long[images.shape().channels()][256];
    int plane = images.shape().plane();
    byte[] pixels = new byte[images.shape().size()];
    for (int image = 0; image < images.count(); image++) {
      images.copy(image, pixels, 0);
      for (int channel = 0; channel < counts.length; channel++) {
        long[] own = counts[channel];
        for (int i = channel * plane; i < (channel + 1) * plane; i++) {
          own[pixels[i] & 0xFF]++;
        }
      }
    }
    return counts;
  }

  private static boolean isConstant(long[] counts) {
    int values = 0;
    for (long count : counts) {
      values += count > 0 ? 1 : 0;
    }
    return values == 1;
  }
}
