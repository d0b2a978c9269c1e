package org.aparanet.report.watch;

import java.util.concurrent.TimeUnit;

/**
 * How often a thread may work beside another one's: so that its work takes at most a share of the
 * time. Each piece of work is followed by a rest that is as long as the share demands.
 */
final class Effort {
  private final double share;
  private final long least;
  private long next;

  /**
   * @param share of the time that is spent on work, above 0 and up to 1
   * @param leastMillis from one piece of work to the next
   * @param now in nanoseconds
   */
  Effort(double share, long leastMillis, long now) {
    this.share = share;
    least = TimeUnit.MILLISECONDS.toNanos(leastMillis);
    next = now;
  }

  /** Whether work may begin. */
  boolean isDue(long now) {
    return now - next >= 0;
  }

  /**
   * Tells of work that was done.
   *
   * @param cost how long it took, in nanoseconds
   * @param now in nanoseconds, when it ended
   */
  void spent(long cost, long now) {
    long rest = Math.max(least, (long) (cost / share));
    next = Math.max(next, now) + rest;
  }

  /** Tells of small work that is not one of the pieces, and only delays the next one. */
  void spentBeside(long cost, long now) {
    next = Math.max(next, now) + (long) (cost / share);
  }

  /** Lets work begin at a time, whatever was done before. */
  void waitUntil(long time) {
    next = time;
  }
}
