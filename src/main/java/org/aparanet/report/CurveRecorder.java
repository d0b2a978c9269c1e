package org.aparanet.report;

import java.util.List;
import org.aparanet.train.TrainingListener;

/** Collects the curves of a training run, in memory that does not grow with the run. */
public final class CurveRecorder implements TrainingListener {
  private final BoundedSeries stepLoss = series();
  private final BoundedSeries epochLoss = series();
  private final BoundedSeries trainAccuracy = series();
  private final BoundedSeries testAccuracy = series();
  private final BoundedSeries learningRate = series();
  private long last;
  private double lastRate = Double.NaN;
  private boolean rateChanges;

  @Override
  public void step(Step step) {
    step(step.step(), step.loss());
    learningRate(Double.parseDouble(Float.toString(step.learningRate()))); // as a history has it
  }

  @Override
  public void epoch(Epoch epoch) {
    epoch(epoch.epoch(), epoch.trainLoss(), epoch.trainAccuracy());
    epoch.test().ifPresent(test -> test(epoch.epoch(), test.share()));
  }

  /** The curves so far; a learning rate that never changes is none. */
  public TrainingCurves curves() {
    return new TrainingCurves(
        stepLoss.points(),
        epochLoss.points(),
        trainAccuracy.points(),
        testAccuracy.points(),
        rateChanges ? learningRate.points() : List.of());
  }

  void step(long step, double loss) {
    last = step;
    stepLoss.add(step, loss);
  }

  /** Told after the step that it belongs to. */
  void learningRate(double rate) {
    rateChanges |= !Double.isNaN(lastRate) && rate != lastRate;
    lastRate = rate;
    learningRate.add(last, rate);
  }

  void epoch(int epoch, double loss, double accuracy) {
    epochLoss.add(last, loss);
    trainAccuracy.add(epoch, accuracy);
  }

  void test(int epoch, double accuracy) {
    testAccuracy.add(epoch, accuracy);
  }

  private static BoundedSeries series() {
    return new BoundedSeries(TrainingCurves.MOST_POINTS);
  }
}
