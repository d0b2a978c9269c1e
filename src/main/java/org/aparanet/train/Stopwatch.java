package org.aparanet.train;

import java.util.function.LongSupplier;

/** Sum of the times between starts and stops. */
final class Stopwatch {
  private final LongSupplier clock;
  private long nanos;
  private long started;
  private boolean running;

  /**
   * @param clock in nanoseconds
   */
  Stopwatch(LongSupplier clock) {
    this.clock = clock;
  }

  void start() {
    started = clock.getAsLong();
    running = true;
  }

  void stop() {
    nanos += running ? clock.getAsLong() - started : 0;
    running = false;
  }

  void reset() {
    nanos = 0;
  }

  /** Sets the time so far. */
  void reset(double seconds) {
    nanos = (long) (seconds * 1e9);
  }

  /** Seconds so far; at least one nanosecond, so that it can be divided by. */
  double seconds() {
    return Math.max(1, nanos + (running ? clock.getAsLong() - started : 0)) * 1e-9;
  }
}
