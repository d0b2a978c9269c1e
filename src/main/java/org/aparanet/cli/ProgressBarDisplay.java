package org.aparanet.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.aparanet.train.Position;

/** Progress as a bar on a terminal, with a line above it for each epoch. */
final class ProgressBarDisplay extends ProgressDisplay {
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final ProgressBar bar;

  ProgressBarDisplay(int epochs, int images, Position start) {
    super(epochs, TimeUnit.MILLISECONDS.toNanos(100));
    bar =
        new ProgressBarBuilder()
            .setInitialMax((long) epochs * images)
            .startsFrom((start.epoch() - 1L) * images + start.images(), Duration.ZERO)
            .setUpdateIntervalMillis(200)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
  }

  @Override
  public void step(Step step) {
    bar.stepBy(step.images());
    super.step(step);
  }

  @Override
  void line(String text) {
    System.err.print(CLEAR_LINE + text + System.lineSeparator());
    bar.refresh();
  }

  /** Short, so that a terminal of 80 columns shows all of it beside the bar's time left. */
  @Override
  void progress(Step step) {
    Progress soFar = step.soFar();
    bar.setExtraMessage(
        String.format(
            Locale.ROOT,
            "loss %.4f, acc %.1f %%, %.0f images/s",
            soFar.loss(),
            100 * soFar.accuracy(),
            soFar.imagesPerSecond()));
  }

  @Override
  public void close() {
    bar.close();
  }
}
