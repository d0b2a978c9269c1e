package org.aparanet.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.data.ImageSet;

/** Weights of the classes in the loss, by which a rare class may count as much as a common one. */
public enum ClassWeights {

  /** Every image counts 1. */
  NONE,

  /**
   * An image of class c counts n / (k n_c), for n images of k classes of which n_c are of class c.
   * So all classes have the same weight together, and the mean over all images is 1. It is
   * scikit-learn's {@code class_weight="balanced"}, after King and Zeng, 2001, "Logistic Regression
   * in Rare Events Data".
   */
  BALANCED;

  /** {@return the name, such as {@code balanced}} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the names in their order} */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ClassWeights::label).toList();
  }

  /**
   * {@return the weights of a name, in capitals or not, or none}
   *
   * @param name such as {@code balanced}
   */
  public static Optional<ClassWeights> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(weights -> weights.label().equals(lower)).findFirst();
  }

  /**
   * {@return the weight of each class, [outputs]; 1 where the set has no image of it}
   *
   * @param images to learn from
   * @param outputs of the network, at least as many as the images have classes
   */
  public double[] of(ImageSet images, int outputs) {
    double[] weights = new double[outputs];
    Arrays.fill(weights, 1);
    if (this == NONE) {
      return weights;
    }
    int[] counts = new int[outputs];
    for (int i = 0; i < images.count(); i++) {
      counts[images.label(i)]++;
    }
    long present = Arrays.stream(counts).filter(count -> count > 0).count();
    for (int c = 0; c < outputs; c++) {
      if (counts[c] > 0) {
        weights[c] = images.count() / ((double) present * counts[c]);
      }
    }
    return weights;
  }
}
