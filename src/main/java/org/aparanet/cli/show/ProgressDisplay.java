package org.aparanet.cli.show;

import java.util.List;
import java.util.Locale;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.evaluate.Score;

/** Shows the progress of a training on the standard error stream. */
public abstract class ProgressDisplay implements TrainingListener, AutoCloseable {
  final int epochs;
  private final long intervalNanos;
  private long shown = System.nanoTime();

  /**
   * @param epochs number of epochs of the run
   * @param intervalNanos least time between two shown steps, in nanoseconds
   */
  ProgressDisplay(int epochs, long intervalNanos) {
    this.epochs = epochs;
    this.intervalNanos = intervalNanos;
  }

  /** Shows a line that stays. */
  public abstract void line(String text);

  /** Shows the progress of the current epoch. */
  abstract void progress(Step step);

  @Override
  public void step(Step step) {
    long now = System.nanoTime();
    if (now - shown >= intervalNanos) {
      shown = now;
      progress(step);
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    line(
        String.format(
            Locale.ROOT,
            "epoch %d/%d: train loss %.4f, %s%s%.1f s, %.0f images/s",
            epoch.epoch(),
            epochs,
            epoch.trainLoss(),
            epoch.validation().map(ProgressDisplay::validation).orElse(""),
            epoch.test().map(test -> "test accuracy " + test + ", ").orElse(""),
            epoch.seconds(),
            epoch.imagesPerSecond()));
  }

  private static String validation(Score score) {
    return String.format(
        Locale.ROOT, "validation loss %.4f, accuracy %s, ", score.loss(), score.accuracy());
  }

  @Override
  public void restored(StateLostException cause, long step) {
    line(cause.getMessage() + "; going on from step " + step + ", with the same result");
  }

  @Override
  public void fellBack(EngineException cause, Device device, long step) {
    line(
        cause.getMessage()
            + "; going on "
            + (step == 0 ? "from the beginning" : "from step " + step)
            + " on "
            + device);
  }

  @Override
  public void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {
    line(TrainingSummary.moved(cause, failed, others));
  }

  @Override
  public void close() {}
}
