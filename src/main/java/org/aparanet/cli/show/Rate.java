package org.aparanet.cli.show;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Progress of a task: the amount done, its speed, and the time left. */
final class Rate {
  private final long begun;
  private final long total;
  private final LongSupplier nanos;
  private final long start;
  private final AtomicLong done;

  /**
   * @param begun amount done already
   * @param total amount to do, including what is done
   */
  Rate(long begun, long total) {
    this(begun, total, System::nanoTime);
  }

  /** Rate with another clock. */
  Rate(long begun, long total, LongSupplier nanos) {
    this.begun = begun;
    this.total = total;
    this.nanos = nanos;
    start = nanos.getAsLong();
    done = new AtomicLong(begun);
  }

  void add(long more) {
    done.addAndGet(more);
  }

  void set(long now) {
    done.set(now);
  }

  long done() {
    return done.get();
  }

  long total() {
    return total;
  }

  /** Mean speed since the beginning, in units a second. */
  double perSecond() {
    return (done() - begun) / Math.max(1e-3, seconds());
  }

  /** Such as {@code 0:03 left}, or {@code in 0:12} when all is done. */
  String time() {
    long now = done();
    if (now >= total) {
      return "in " + BarText.time(seconds());
    }
    return now <= begun ? "-:-- left" : BarText.time((total - now) / perSecond()) + " left";
  }

  private double seconds() {
    return (nanos.getAsLong() - start) / 1e9;
  }
}
