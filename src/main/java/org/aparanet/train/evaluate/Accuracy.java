package org.aparanet.train.evaluate;

import java.util.Locale;

/**
 * Accuracy, as a count of images.
 *
 * @param correct images classified correctly
 * @param count all images
 */
public record Accuracy(int correct, int count) {

  /** {@return the share of correct images, 0 to 1; 0 of no images} */
  public double share() {
    return count == 0 ? 0 : (double) correct / count;
  }

  /** Such as {@code 97.43 % (9743 of 10000)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f %% (%d of %d)", 100 * share(), correct, count);
  }
}
