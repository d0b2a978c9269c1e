package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.aparanet.data.fetch.FetchListener;

/** Shows on the standard error stream how fetching goes. */
abstract class DownloadDisplay implements FetchListener {
  private static final double MEGABYTE = 1e6;

  private final PrintWriter target;

  private DownloadDisplay(PrintWriter target) {
    this.target = target;
  }

  /** A bar on a terminal, plain lines elsewhere. */
  static DownloadDisplay open(PrintWriter err) {
    return Terminal.onStandardError() ? new Bar(err) : new Lines(err);
  }

  @Override
  public void note(String sentence) {
    target.println(sentence);
    target.flush();
  }

  /** A bar for each file. */
  private static final class Bar extends DownloadDisplay {
    private ProgressBar bar;

    Bar(PrintWriter target) {
      super(target);
    }

    @Override
    public void begin(String file, long bytes, long already) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(file)
              .setInitialMax(bytes)
              .setUnit("kB", 1000)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
      bar.stepTo(already);
    }

    @Override
    public void received(long bytes) {
      bar.stepTo(bytes);
    }

    @Override
    public void end() {
      bar.close();
    }
  }

  /** A line for each file, and one about every five seconds. */
  private static final class Lines extends DownloadDisplay {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

    private String file;
    private long bytes;
    private long shown;

    Lines(PrintWriter target) {
      super(target);
    }

    @Override
    public void begin(String file, long bytes, long already) {
      this.file = file;
      this.bytes = bytes;
      shown = System.nanoTime();
      note(
          String.format(
              Locale.ROOT,
              already == 0
                  ? "fetching %s, %.2f MB"
                  : "fetching %s, %.2f MB, of which %.2f are here",
              file,
              bytes / MEGABYTE,
              already / MEGABYTE));
    }

    @Override
    public void received(long now) {
      if (System.nanoTime() - shown >= INTERVAL) {
        shown = System.nanoTime();
        note(
            String.format(
                Locale.ROOT, "%s: %.1f of %.1f MB", file, now / MEGABYTE, bytes / MEGABYTE));
      }
    }

    @Override
    public void end() {}
  }
}
