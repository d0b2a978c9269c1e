package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Progress as plain lines: one for each epoch, and one about every ten seconds. */
public final class ProgressLines extends ProgressDisplay {
  private final PrintWriter target;

  public ProgressLines(PrintWriter target, int epochs) {
    super(epochs, TimeUnit.SECONDS.toNanos(10));
    this.target = target;
  }

  @Override
  public void line(String text) {
    target.println(text);
    target.flush();
  }

  @Override
  public void progress(Step step) {
    Progress soFar = step.soFar();
    line(
        String.format(
            Locale.ROOT,
            "epoch %d/%d: %d of %d images, loss %.4f, accuracy %.2f %%, %.0f images/s, %.0f s left",
            step.epoch(),
            epochs,
            soFar.images(),
            soFar.of(),
            soFar.loss(),
            100 * soFar.accuracy(),
            soFar.imagesPerSecond(),
            soFar.secondsLeft()));
  }
}
