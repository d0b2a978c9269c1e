package org.aparanet.train;

/**
 * Position in a run, between two steps.
 *
 * @param epoch the current epoch, from 1
 * @param step steps taken in the whole run
 * @param images images taken in this epoch
 * @param lossSum sum of these images' losses
 * @param correct how many of these images were classified correctly
 */
public record Position(int epoch, long step, int images, double lossSum, int correct) {
  /** The beginning. */
  public static final Position START = new Position(1, 0, 0, 0, 0);

  /**
   * Checks the values.
   *
   * @param epoch the current epoch, from 1
   * @param step steps taken in the whole run
   * @param images images taken in this epoch
   * @param lossSum sum of these images' losses
   * @param correct how many of these images were classified correctly
   * @throws IllegalArgumentException if a number is negative, or the epoch is 0
   */
  public Position {
    if (epoch < 1 || step < 0 || images < 0 || correct < 0 || !Double.isFinite(lossSum)) {
      throw new IllegalArgumentException(
          "epoch " + epoch + ", step " + step + ", images " + images + " is no place in a run");
    }
  }

  Position afterStep(int count, double loss, int hits) {
    return new Position(epoch, step + 1, images + count, lossSum + loss, correct + hits);
  }

  Position nextEpoch() {
    return new Position(epoch + 1, step, 0, 0, 0);
  }
}
