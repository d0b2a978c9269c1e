package org.aparanet.cli.show;

import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * Terminal line that a separate thread redraws a few times a second, so that the working thread
 * only stores numbers and is not blocked by a stopped terminal. The thread also follows changes of
 * the terminal's width.
 */
final class LiveBar implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 200;
  private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final StatusLine target;
  private final IntSupplier width;
  private final IntFunction<String> text;
  private final Thread thread;
  private int columns;
  private boolean closed;

  /**
   * @param width measures the width of the terminal, in columns
   * @param text makes the line for a width in columns; called by this object's thread and by {@link
   *     #close}
   */
  LiveBar(StatusLine target, IntSupplier width, IntFunction<String> text) {
    this.target = target;
    this.width = width;
    this.text = text;
    thread = new Thread(this::run, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (long measured = 0; ; Thread.sleep(INTERVAL_MILLIS)) {
        long now = System.nanoTime();
        if (measured == 0 || now - measured >= MEASURE_NANOS) {
          int found = width.getAsInt();
          synchronized (this) {
            columns = found;
          }
          measured = now;
        }
        if (!draw()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // closed while it slept
    }
  }

  private synchronized boolean draw() {
    if (!closed) {
      target.show(text.apply(columns));
    }
    return !closed;
  }

  /** Draws the line a last time and leaves it. May be called from any thread, and twice. */
  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      if (!closed) {
        closed = true;
        target.show(text.apply(columns > 0 ? columns : width.getAsInt()));
        target.finish();
      }
    }
  }
}
