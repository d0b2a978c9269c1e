package org.aparanet.report.training;

import java.util.List;

/**
 * How a training run went, in at most {@link #MOST_POINTS} points a curve.
 *
 * @param stepLoss mean loss of a step's images over the step
 * @param epochLoss mean loss of an epoch's images over the last step of the epoch
 * @param trainAccuracy share of the training images classified correctly, over the epoch
 * @param testAccuracy share of the test images classified correctly, over the epoch
 * @param learningRate learning rate over the step; empty where it was not told
 * @param tested each tested epoch as it was told; empty if there are more than {@link #MOST_EPOCHS}
 */
public record TrainingCurves(
    List<Point> stepLoss,
    List<Point> epochLoss,
    List<Point> trainAccuracy,
    List<Point> testAccuracy,
    List<Point> learningRate,
    List<TestedEpoch> tested) {

  /** About as many as a chart has columns. */
  public static final int MOST_POINTS = 500;

  /** Nobody reads a longer table. */
  public static final int MOST_EPOCHS = 200;

  /** Copies the lists. */
  public TrainingCurves {
    stepLoss = List.copyOf(stepLoss);
    epochLoss = List.copyOf(epochLoss);
    trainAccuracy = List.copyOf(trainAccuracy);
    testAccuracy = List.copyOf(testAccuracy);
    learningRate = List.copyOf(learningRate);
    tested = List.copyOf(tested);
  }

  /**
   * An epoch that was tested.
   *
   * @param epoch its number, from 1
   * @param trainLoss mean loss of its images
   * @param trainAccuracy share of its images classified correctly
   * @param testAccuracy share of the test images classified correctly after it
   */
  public record TestedEpoch(
      int epoch, double trainLoss, double trainAccuracy, double testAccuracy) {}
}
