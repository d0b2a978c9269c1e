package org.aparanet.train.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A network's prediction for one image.
 *
 * @param predicted the most probable class; of equally probable ones, the first
 * @param probabilities of all classes; their sum is 1
 */
public record Prediction(int predicted, double[] probabilities) {

  /**
   * {@return the prediction that probabilities are}
   *
   * @param probabilities of all classes
   */
  public static Prediction of(double[] probabilities) {
    int predicted = 0;
    for (int c = 1; c < probabilities.length; c++) {
      predicted = probabilities[c] > probabilities[predicted] ? c : predicted;
    }
    return new Prediction(predicted, probabilities);
  }

  /**
   * {@return the most probable classes, the predicted one first; of others that are equally
   * probable, the lower one comes first}
   *
   * @param most how many; where there are fewer classes, all of them
   */
  public int[] best(int most) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(
            Comparator.comparing((Integer c) -> c != predicted)
                .thenComparing(c -> -probabilities[c])
                .thenComparing(Comparator.naturalOrder()))
        .limit(most)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Cross-entropy with a label: minus the logarithm of its probability. One that is too small for a
   * double counts as the smallest one: 744.
   *
   * @param label the image's class, from 0
   * @return the loss, at least 0
   */
  public double loss(int label) {
    return -Math.log(Math.max(probabilities[label], Double.MIN_VALUE));
  }
}
