package org.aparanet.train.evaluate;

import java.util.List;
import java.util.Locale;

/**
 * Accuracy, as a count of images.
 *
 * @param correct images classified correctly
 * @param count all images
 */
public record Accuracy(int correct, int count) {

  /**
   * {@return the accuracy over all images of several groups}
   *
   * @param groups that have no image in common
   */
  public static Accuracy of(List<Accuracy> groups) {
    return new Accuracy(
        groups.stream().mapToInt(Accuracy::correct).sum(),
        groups.stream().mapToInt(Accuracy::count).sum());
  }

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
