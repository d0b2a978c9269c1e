package org.aparanet.train;

/** Adds up the time between its starts and stops. */
final class Stopwatch {
  private long nanos;
  private long started;
  private boolean running;

  void start() {
    started = System.nanoTime();
    running = true;
  }

  void stop() {
    nanos += System.nanoTime() - started;
    running = false;
  }

  void reset() {
    nanos = 0;
  }

  /** Goes on from what was measured before. */
  void reset(double seconds) {
    nanos = (long) (seconds * 1e9);
  }

  /** Seconds so far; at least one nanosecond, so that it can be divided by. */
  double seconds() {
    return Math.max(1, nanos + (running ? System.nanoTime() - started : 0)) * 1e-9;
  }
}
