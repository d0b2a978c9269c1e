package org.aparanet.train.evaluate;

/**
 * Accuracy and loss of a network on a set of images.
 *
 * @param accuracy how many it classifies correctly
 * @param loss mean cross-entropy of the images, without label smoothing; 0 where it was not asked
 *     for
 */
public record Score(Accuracy accuracy, double loss) {

  /**
   * {@return whether this is more accurate than another, or as accurate with less loss}
   *
   * @param other score to compare with
   */
  public boolean improvesOn(Score other) {
    int more = Integer.compare(accuracy.correct(), other.accuracy().correct());
    return more > 0 || more == 0 && loss < other.loss();
  }
}
