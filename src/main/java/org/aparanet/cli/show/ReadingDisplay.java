package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.aparanet.data.store.ReadingListener;

/**
 * Display of the reading of data sets on the standard error stream: sentences, and the progress of
 * what takes more than about a second.
 */
public abstract class ReadingDisplay implements ReadingListener {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter target;
  private final LongSupplier nanos;
  private final long interval;
  private Rate rate;
  private String what;
  private volatile long next; // time of the next sight of progress

  private ReadingDisplay(PrintWriter target, LongSupplier nanos, long interval) {
    this.target = target;
    this.nanos = nanos;
    this.interval = interval;
  }

  /** A bar on a terminal, plain lines elsewhere. */
  public static ReadingDisplay open(PrintWriter err) {
    return Terminal.watched()
        .<ReadingDisplay>map(terminal -> new Bar(err, terminal))
        .orElseGet(() -> lines(err, System::nanoTime));
  }

  /** Plain lines, by a clock in nanoseconds. */
  static ReadingDisplay lines(PrintWriter err, LongSupplier nanos) {
    return new Lines(err, nanos);
  }

  @Override
  public void accept(String sentence) {
    target.println(sentence);
    target.flush();
  }

  @Override
  public synchronized void begin(String what, long images) {
    this.what = what;
    rate = new Rate(0, images, nanos);
    next = nanos.getAsLong() + PATIENCE;
  }

  @Override
  public void done(long images) {
    if (nanos.getAsLong() - next >= 0) {
      due(images);
    } else {
      rate.set(images);
    }
  }

  private synchronized void due(long images) {
    rate.set(Math.max(rate.done(), images)); // threads may overtake each other
    if (nanos.getAsLong() - next >= 0) {
      next = nanos.getAsLong() + interval;
      show(rate);
    }
  }

  /** Shows the progress, which has become due. */
  abstract void show(Rate rate);

  /** What is done to which set. */
  String what() {
    return what;
  }

  /** A bar, which is drawn on until the end. */
  private static final class Bar extends ReadingDisplay {
    private final Terminal.Watched terminal;
    private LiveBar bar;

    Bar(PrintWriter target, Terminal.Watched terminal) {
      super(target, System::nanoTime, PATIENCE);
      this.terminal = terminal;
    }

    @Override
    void show(Rate rate) {
      if (bar == null) {
        bar = terminal.bar(columns -> text(columns, rate));
      }
    }

    @Override
    public synchronized void end() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }

    private String text(int columns, Rate rate) {
      List<BarText.Detail> details =
          List.of(
              new BarText.Detail(rate.time(), 1),
              new BarText.Detail(String.format(Locale.ROOT, "%,d images", rate.total()), 3),
              new BarText.Detail(String.format(Locale.ROOT, "%.0f images/s", rate.perSecond()), 2));
      return BarText.of(columns, what(), rate.done(), rate.total(), details);
    }
  }

  /** A line after a second, and one about every ten seconds. */
  private static final class Lines extends ReadingDisplay {
    Lines(PrintWriter target, LongSupplier nanos) {
      super(target, nanos, TimeUnit.SECONDS.toNanos(10));
    }

    @Override
    void show(Rate rate) {
      accept(
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d images, %.0f images/s, %s",
              what(),
              rate.done(),
              rate.total(),
              rate.perSecond(),
              rate.time()));
    }
  }
}
