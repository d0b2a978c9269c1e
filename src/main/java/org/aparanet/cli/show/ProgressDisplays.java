package org.aparanet.cli.show;

import java.io.PrintWriter;
import org.aparanet.train.Position;
import org.aparanet.train.TrainingPlan;

/** Choice of a training's progress display. */
public final class ProgressDisplays {
  private ProgressDisplays() {}

  /**
   * Display with a bar on a terminal, of plain lines elsewhere.
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
