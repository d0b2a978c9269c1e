package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.aparanet.data.fetch.FetchListener;

/** Shows the progress of downloads on the standard error stream. */
public abstract class DownloadDisplay implements FetchListener {
  private static final double MEGABYTE = 1e6;

  private final PrintWriter target;

  private DownloadDisplay(PrintWriter target) {
    this.target = target;
  }

  /** A bar on a terminal, plain lines elsewhere. */
  public static DownloadDisplay open(PrintWriter err) {
    return Terminal.watched()
        .<DownloadDisplay>map(terminal -> new Bar(err, terminal))
        .orElseGet(() -> new Lines(err));
  }

  @Override
  public void note(String sentence) {
    target.println(sentence);
    target.flush();
  }

  /** A bar for each file. */
  private static final class Bar extends DownloadDisplay {
    private final Terminal.Watched terminal;
    private String file;
    private Rate rate;
    private LiveBar bar;

    Bar(PrintWriter target, Terminal.Watched terminal) {
      super(target);
      this.terminal = terminal;
    }

    @Override
    public void begin(String file, long bytes, long already) {
      this.file = file;
      rate = new Rate(already, bytes);
      bar = terminal.bar(this::text);
    }

    @Override
    public void received(long bytes) {
      rate.set(bytes);
    }

    @Override
    public void end() {
      bar.close();
    }

    private String text(int columns) {
      List<BarText.Detail> details =
          List.of(
              new BarText.Detail(amount(rate.done(), rate.total()), 1),
              new BarText.Detail(rate.time(), 2),
              new BarText.Detail(speed(rate.perSecond()), 3));
      return BarText.of(columns, file, rate.done(), rate.total(), details);
    }
  }

  /** Such as {@code 12.3/26.4 MB}, in a unit that suits the whole. */
  static String amount(long bytes, long total) {
    return total >= MEGABYTE
        ? String.format(Locale.ROOT, "%.1f/%.1f MB", bytes / MEGABYTE, total / MEGABYTE)
        : String.format(Locale.ROOT, "%.0f/%.0f kB", bytes / 1e3, total / 1e3);
  }

  /** Such as {@code 3.4 MB/s}. */
  static String speed(double bytesPerSecond) {
    return bytesPerSecond >= MEGABYTE
        ? String.format(Locale.ROOT, "%.1f MB/s", bytesPerSecond / MEGABYTE)
        : String.format(Locale.ROOT, "%.0f kB/s", bytesPerSecond / 1e3);
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
