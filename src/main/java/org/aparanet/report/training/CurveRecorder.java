package org.aparanet.report.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.history.HistoryFile;

/** Collects the curves of a training run, in memory that does not grow with the run. */
public final class CurveRecorder implements TrainingListener, HistoryFile.Receiver {
  private final BoundedSeries stepLoss = series();
  private final BoundedSeries epochLoss = series();
  private final BoundedSeries trainAccuracy = series();
  private final BoundedSeries testAccuracy = series();
  private final BoundedSeries learningRate = series();
  private final List<TrainingCurves.TestedEpoch> tested = new ArrayList<>();
  private long last;
  private double lastRate = Double.NaN;
  private boolean rateChanges;

  /**
   * The curves of a run that has written a history.
   *
   * @throws java.io.UncheckedIOException if it cannot be read; the message is a sentence that names
   *     the file and, where it has one, the line
   */
  public static TrainingCurves read(Path history) {
    CurveRecorder recorder = new CurveRecorder();
    HistoryFile.read(history, recorder);
    return recorder.curves();
  }

  @Override
  public void step(Step step) {
    step(step.step(), step.loss());
    learningRate(Double.parseDouble(Float.toString(step.learningRate()))); // as a history has it
  }

  @Override
  public void epoch(Epoch epoch) {
    double loss = epoch.trainLoss();
    double accuracy = epoch.trainAccuracy();
    if (epoch.test().isPresent()) {
      testedEpoch(epoch.epoch(), loss, accuracy, epoch.test().get().share());
    } else {
      epoch(epoch.epoch(), loss, accuracy);
    }
  }

  /** The curves so far; a learning rate that never changes is none. */
  public TrainingCurves curves() {
    return new TrainingCurves(
        stepLoss.points(),
        epochLoss.points(),
        trainAccuracy.points(),
        testAccuracy.points(),
        rateChanges ? learningRate.points() : List.of(),
        tested.size() > TrainingCurves.MOST_EPOCHS ? List.of() : tested);
  }

  @Override
  public void step(long step, double loss) {
    last = step;
    stepLoss.add(step, loss);
  }

  /** Told after the step that it belongs to. */
  @Override
  public void learningRate(double rate) {
    rateChanges |= !Double.isNaN(lastRate) && rate != lastRate;
    lastRate = rate;
    learningRate.add(last, rate);
  }

  @Override
  public void epoch(int epoch, double loss, double accuracy) {
    epochLoss.add(last, loss);
    trainAccuracy.add(epoch, accuracy);
  }

  /** An epoch with the test after it; epochs that were not tested lie in between. */
  @Override
  public void testedEpoch(int epoch, double loss, double accuracy, double test) {
    epoch(epoch, loss, accuracy);
    testAccuracy.add(epoch, test);
    if (tested.size() <= TrainingCurves.MOST_EPOCHS) { // one more tells that there are too many
      tested.add(new TrainingCurves.TestedEpoch(epoch, loss, accuracy, test));
    }
  }

  private static BoundedSeries series() {
    return new BoundedSeries(TrainingCurves.MOST_POINTS);
  }
}
