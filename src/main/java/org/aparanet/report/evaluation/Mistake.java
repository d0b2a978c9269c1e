package org.aparanet.report.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.train.evaluate.Prediction;

/**
 * An image that was taken for another class than its own.
 *
 * @param image its number in its set, from 0
 * @param truth its class
 * @param predicted what it was taken for
 * @param probability of the predicted class, as the network sees it
 * @param loss cross-entropy: minus the logarithm of the probability of its own class
 * @param picture what it looks like
 */
record Mistake(
    int image, int truth, int predicted, double probability, double loss, Thumbnail picture) {

  /** The mistakes with the highest loss, that first; of equal ones, in the order of the images. */
  public static List<Mistake> worst(ImageSet images, List<Prediction> predictions, int most) {
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < images.count(); i++) {
      if (predictions.get(i).predicted() != images.label(i)) {
        wrong.add(i);
      }
    }
    wrong.sort(
        Comparator.comparingDouble(i -> predictions.get(i).probabilities()[images.label(i)]));
    return wrong.stream().limit(most).map(i -> new Mistake(images, predictions.get(i), i)).toList();
  }

  private Mistake(ImageSet images, Prediction prediction, int image) {
    this(
        image,
        images.label(image),
        prediction.predicted(),
        prediction.probabilities()[prediction.predicted()],
        prediction.loss(images.label(image)),
        Thumbnail.of(images, image));
  }
}
