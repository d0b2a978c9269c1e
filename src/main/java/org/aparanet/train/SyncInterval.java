package org.aparanet.train;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Interval, in steps or seconds, at which the parameters are read back from the device within an
 * epoch: later progress is lost when the device fails. They are read back at every epoch's end as
 * well.
 *
 * @param count steps or seconds, 1 to {@link #MAXIMUM}
 * @param unit what is counted
 */
public record SyncInterval(int count, Unit unit) {

  /** What an interval counts. */
  public enum Unit {
    /** Training steps. */
    STEPS,
    /** Seconds of wall-clock time. */
    SECONDS
  }

  /** Largest number of steps or seconds. */
  public static final int MAXIMUM = 1_000_000;

  /** Default interval: negligible overhead, and little work lost in a failure. */
  public static final SyncInterval DEFAULT = new SyncInterval(30, Unit.SECONDS);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,7})(s?)");

  /**
   * Checks the values.
   *
   * @param count steps or seconds, 1 to {@link #MAXIMUM}
   * @param unit what is counted
   * @throws IllegalArgumentException if the count is out of its range
   */
  public SyncInterval {
    if (count < 1 || count > MAXIMUM) {
      throw refusal(String.valueOf(count));
    }
  }

  /**
   * Reads a number of steps, such as {@code 500}, or of seconds, such as {@code 30s}.
   *
   * @param text of the interval
   * @return the interval
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  public static SyncInterval parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw refusal(text);
    }
    int count = Integer.parseInt(matcher.group(1));
    if (count < 1 || count > MAXIMUM) {
      throw refusal(text);
    }
    return new SyncInterval(count, matcher.group(2).isEmpty() ? Unit.STEPS : Unit.SECONDS);
  }

  /**
   * {@return whether the interval has passed}
   *
   * @param steps steps since the parameters were last on the host
   * @param nanos nanoseconds since then
   */
  public boolean due(long steps, long nanos) {
    return switch (unit) {
      case STEPS -> steps >= count;
      case SECONDS -> nanos >= TimeUnit.SECONDS.toNanos(count);
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return count + (unit == Unit.SECONDS ? "s" : "");
  }

  private static IllegalArgumentException refusal(String text) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "\"%s\" is no interval; allowed are 1 to %d steps, or seconds such as 30s",
            text,
            MAXIMUM));
  }
}
