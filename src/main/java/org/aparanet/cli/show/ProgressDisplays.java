package org.aparanet.cli.show;

import java.io.PrintWriter;
import org.aparanet.train.Position;
import org.aparanet.train.TrainingPlan;

/** Chooses how a training's progress is shown. */
public final class ProgressDisplays {
  private ProgressDisplays() {}

  /**
   * A bar on a terminal, plain lines elsewhere.
   *
   * @param images training images of an epoch
   * @param start where the run starts
   */
  public static ProgressDisplay open(
      PrintWriter err, TrainingPlan plan, int images, Position start) {
    return Terminal.watched()
        .<ProgressDisplay>map(t -> new ProgressBarDisplay(t, plan.epochs(), images, start))
        .orElseGet(() -> new ProgressLines(err, plan.epochs()));
  }
}
