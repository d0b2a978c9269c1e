package org.aparanet.report.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends events to those who watch. Each has a queue of its own, and whoever does not take what
 * waits there is dropped, so that nobody holds up the others and memory is bounded.
 */
public final class EventHub {
  /** Streams at a time. */
  static final int MOST_STREAMS = 16;

  /** Events that may wait for a client. */
  static final int MOST_WAITING = 64;

  /** Bytes that may wait for a client, apart from the first event. */
  static final int MOST_BYTES = 16 << 20;

  /** An event is one of these at least every so often, so that a lost client is noticed. */
  private static final long QUIET_SECONDS = 10;

  private final List<Stream> streams = new ArrayList<>();
  private long number;
  private boolean closed;

  /**
   * Opens a stream, whose events the calling thread takes; it is interrupted where its client is
   * dropped.
   *
   * @param state the first event: everything that there is, as {@code state}
   * @return empty if there are as many as are allowed, or the hub is closed
   */
  synchronized Optional<Stream> open(String state) {
    if (closed || streams.size() == MOST_STREAMS) {
      return Optional.empty();
    }
    Stream stream = new Stream();
    stream.waiting.add(Event.of(number, "state", state));
    streams.add(stream);
    notifyAll();
    return Optional.of(stream);
  }

  /** Sends an event to all. */
  synchronized void send(String name, String json) {
    number++;
    if (streams.isEmpty()) {
      return;
    }
    byte[] event = Event.of(number, name, json);
    for (Stream stream : List.copyOf(streams)) {
      stream.add(event);
    }
    notifyAll();
  }

  synchronized boolean isWatched() {
    return !streams.isEmpty();
  }

  /** Ends all streams, once what waits has been taken. */
  synchronized void close() {
    closed = true;
    streams.clear();
    notifyAll();
  }

  /** The events for one client. */
  public final class Stream implements AutoCloseable {
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean dropped;
    private final Thread thread = Thread.currentThread();

    private Stream() {}

    private void add(byte[] event) {
      waiting.add(event);
      bytes += event.length;
      if (waiting.size() > MOST_WAITING || bytes > MOST_BYTES) {
        dropped = true;
        waiting.clear();
        streams.remove(this);
        thread.interrupt(); // it waits for a client that takes nothing
      }
    }

    /**
     * Waits for the next event.
     *
     * @return its bytes, or those of an empty one if there is none for a while; empty at the end
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<byte[]> next() throws InterruptedException {
      synchronized (EventHub.this) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_SECONDS);
        while (waiting.isEmpty()) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (dropped || !streams.contains(this)) {
            return Optional.empty();
          }
          if (left <= 0) {
            return Optional.of(Event.NOTHING);
          }
          EventHub.this.wait(left);
        }
        byte[] event = waiting.remove();
        bytes = Math.max(0, bytes - event.length);
        return Optional.of(event);
      }
    }

    /** Takes the client from the list. */
    @Override
    public void close() {
      synchronized (EventHub.this) {
        streams.remove(this);
      }
    }
  }
}
