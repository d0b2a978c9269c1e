package org.aparanet.bench;

import java.util.Locale;
import org.aparanet.engine.StepPart;

/** How times and rates are written, with as many digits as they are good for. */
public final class Numbers {
  private Numbers() {}

  /** Such as {@code 12.3 us}, {@code 4.56 ms}. */
  public static String time(double nanos) {
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, nanos < 1e5 ? "%.1f us" : "%.0f us", nanos / 1e3);
    }
    if (nanos < 1e9) {
      return String.format(Locale.ROOT, nanos < 1e8 ? "%.2f ms" : "%.0f ms", nanos / 1e6);
    }
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  /** Arithmetic or, where a piece has none, memory: {@code 45.1 GFLOP/s}, {@code 12 GB/s}. */
  public static String rate(StepPart part) {
    if (part.nanos() <= 0) {
      return "";
    }
    if (part.flop() > 0) {
      return significant(part.flop() / part.nanos()) + " GFLOP/s";
    }
    return part.bytes() > 0 ? significant(part.bytes() / part.nanos()) + " GB/s" : "";
  }

  /** Three digits or so. */
  public static String significant(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }

  /** Images per second: whole, but for the few of a large network. */
  public static String perSecond(double value) {
    return value < 10 ? significant(value) : whole(value);
  }

  /** Whole and with separators. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }
}
