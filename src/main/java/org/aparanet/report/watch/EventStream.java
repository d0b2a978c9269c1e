package org.aparanet.report.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The events for one client, which the thread takes that opened it. */
public final class EventStream implements AutoCloseable {
  /** Events that may wait. */
  static final int MOST_WAITING = 64;

  /** Bytes that may wait, apart from the first event. */
  static final int MOST_BYTES = 16 << 20;

  /** There is one at least every so often, so that a lost client is noticed. */
  private static final long QUIET_SECONDS = 10;

  private final EventHub hub; // whose lock guards all of this
  private final Thread thread = Thread.currentThread();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long bytes; // without the first event
  private boolean begun;
  private boolean dropped;

  /**
   * @param first event, which waits already
   */
  EventStream(EventHub hub, byte[] first) {
    this.hub = hub;
    waiting.add(first);
  }

  /** Adds an event, or drops the client if it has taken none for long; with the hub's lock. */
  void add(byte[] event) {
    waiting.add(event);
    bytes += event.length;
    if (waiting.size() > MOST_WAITING || bytes > MOST_BYTES) {
      dropped = true;
      waiting.clear();
      hub.drop(this);
      thread.interrupt(); // it waits for a client that takes nothing
    }
  }

  /**
   * Waits for the next event.
   *
   * @return its bytes, or those of an empty one if there is none for a while; empty at the end
   * @throws InterruptedException if the thread is interrupted, as it is where the client is dropped
   */
  public Optional<byte[]> next() throws InterruptedException {
    synchronized (hub) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_SECONDS);
      while (waiting.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (dropped || !hub.has(this)) {
          return Optional.empty();
        }
        if (left <= 0) {
          return Optional.of(Event.NOTHING);
        }
        hub.wait(left);
      }
      byte[] event = waiting.remove();
      bytes -= begun ? event.length : 0;
      begun = true;
      return Optional.of(event);
    }
  }

  /** Sends this client no more. */
  @Override
  public void close() {
    hub.drop(this);
  }
}
