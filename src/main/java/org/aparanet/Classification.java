package org.aparanet;

import java.util.Arrays;
import java.util.Locale;
import org.aparanet.train.evaluate.Prediction;

/**
 * Class of an image, as a network sees it.
 *
 * @param label number of the most probable class, from 0; of equally probable ones, the first
 * @param name what that class is called; its number where that is not known
 * @param probabilities of all classes, in their order; their sum is 1
 */
public record Classification(int label, String name, double[] probabilities) {

  /** {@return the probability of the class, 0 to 1} */
  public double probability() {
    return probabilities[label];
  }

  /**
   * {@return the most probable classes, the one of the image first}
   *
   * @param most how many; where there are fewer classes, all of them
   */
  public int[] best(int most) {
    return new Prediction(label, probabilities).best(most);
  }

  /** Whether another object is the same class with the same probabilities. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Classification same
        && same.label == label
        && same.name.equals(name)
        && Arrays.equals(same.probabilities, probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * label + Arrays.hashCode(probabilities);
  }

  /** Such as {@code 7 (99.82 %)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%.2f %%)", name, 100 * probability());
  }
}
