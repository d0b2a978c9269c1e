package org.aparanet.cli.show;

import java.util.List;
import java.util.Locale;
import org.aparanet.train.Position;

/** Progress as a bar on a terminal, with a line above it for each epoch. */
final class ProgressBarDisplay extends ProgressDisplay {
  private static final double MUCH = 1e4; // loss of a diverging training

  private final Terminal.Watched terminal;
  private final Rate rate;
  private final LiveBar bar;
  private volatile Progress soFar;

  ProgressBarDisplay(Terminal.Watched terminal, int epochs, int images, Position start) {
    super(epochs, 0);
    this.terminal = terminal;
    long begun = (start.epoch() - 1L) * images + start.images();
    rate = new Rate(begun, (long) epochs * images);
    bar = terminal.bar(this::text);
  }

  @Override
  public void step(Step step) {
    rate.add(step.images());
    super.step(step);
  }

  @Override
  public void line(String text) {
    terminal.line(text);
  }

  @Override
  void progress(Step step) {
    soFar = step.soFar();
  }

  private String text(int columns) {
    Progress now = soFar;
    List<BarText.Detail> details =
        now == null
            ? List.of()
            : List.of(
                new BarText.Detail(rate.time(), 2),
                new BarText.Detail(
                    format(now.loss() < MUCH ? "loss %.4f" : "loss %.1e", now.loss()), 1),
                new BarText.Detail(format("acc %.1f %%", 100 * now.accuracy()), 4),
                new BarText.Detail(format("%.0f images/s", now.imagesPerSecond()), 3));
    return BarText.of(columns, "", rate.done(), rate.total(), details);
  }

  private static String format(String text, double value) {
    return String.format(Locale.ROOT, text, value);
  }

  @Override
  public void close() {
    bar.close();
  }
}
