package org.aparanet.data.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Closes a stream out of which too little comes, which ends the read that waits for more. */
final class StallGuard implements Closeable {
  /** Less than this in the time allowed is too slow to go on: a large set would take days. */
  static final long LEAST_BYTES = 10_000;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stall guard");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong received = new AtomicLong();
  private final InputStream stream;
  private long before; // of the timer's thread alone
  private volatile boolean stalled;

  /**
   * @param patience time within which {@link #LEAST_BYTES} have to come
   */
  StallGuard(InputStream stream, Duration patience) {
    this.stream = stream;
    timer.scheduleWithFixedDelay(
        this::check, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void received(int bytes) {
    received.addAndGet(bytes);
  }

  /** Whether the stream was closed for being too slow. */
  boolean hasStalled() {
    return stalled;
  }

  private void check() {
    long now = received.get();
    if (now - before < LEAST_BYTES) {
      stalled = true;
      try {
        stream.close();
      } catch (IOException e) {
        // the reader notices that it is closed
      }
    }
    before = now;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
