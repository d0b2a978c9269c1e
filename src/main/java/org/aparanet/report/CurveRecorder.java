package org.aparanet.report;

import org.aparanet.train.TrainingListener;

/** Collects the curves of a training run, in memory that does not grow with the run. */
public final class CurveRecorder implements TrainingListener {
  private final BoundedSeries stepLoss = series();
  private final BoundedSeries epochLoss = series();
  private final BoundedSeries trainAccuracy = series();
  private final BoundedSeries testAccuracy = series();
  private final BoundedSeries learningRate = series();
  private long last;

  @Override
  public void step(Step step) {
    step(step.step(), step.loss());
  }

  @Override
  public void epoch(Epoch epoch) {
    epoch(epoch.epoch(), epoch.trainLoss(), epoch.trainAccuracy(), epoch.test().share());
  }

  /** The curves so far. */
  public TrainingCurves curves() {
    return new TrainingCurves(
        stepLoss.points(),
        epochLoss.points(),
        trainAccuracy.points(),
        testAccuracy.points(),
        learningRate.points());
  }

  void step(long step, double loss) {
    last = step;
    stepLoss.add(step, loss);
  }

  /** Told after the step that it belongs to. */
  void learningRate(double rate) {
    learningRate.add(last, rate);
  }

  void epoch(int epoch, double loss, double accuracy, double test) {
    epochLoss.add(last, loss);
    trainAccuracy.add(epoch, accuracy);
    testAccuracy.add(epoch, test);
  }

  private static BoundedSeries series() {
    return new BoundedSeries(TrainingCurves.MOST_POINTS);
  }
}
