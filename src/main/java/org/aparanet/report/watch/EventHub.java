package org.aparanet.report.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends events to those who watch. Each has a queue of its own, and whoever does not take what
 * waits there is dropped, so that nobody holds up the others and memory is bounded.
 */
final class EventHub {
  /** Streams at a time. */
  static final int MOST_STREAMS = 16;

  private final List<EventStream> streams = new ArrayList<>();
  private long number;
  private boolean closed;

  /**
   * Opens a stream, whose events the calling thread takes; it is interrupted where its client is
   * dropped.
   *
   * @param state the first event: everything that there is, as {@code state}
   * @return empty if there are as many as are allowed, or the hub is closed
   */
  synchronized Optional<EventStream> open(String state) {
    if (!hasRoom()) {
      return Optional.empty();
    }
    EventStream stream = new EventStream(this, Event.of(number, "state", state));
    streams.add(stream);
    return Optional.of(stream);
  }

  /** Whether one more stream can be opened. */
  synchronized boolean hasRoom() {
    return !closed && streams.size() < MOST_STREAMS;
  }

  /** Sends an event to all. */
  synchronized void send(String name, String json) {
    number++;
    if (streams.isEmpty()) {
      return;
    }
    byte[] event = Event.of(number, name, json);
    for (EventStream stream : List.copyOf(streams)) {
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

  synchronized void drop(EventStream stream) {
    streams.remove(stream);
  }

  synchronized boolean has(EventStream stream) {
    return streams.contains(stream);
  }
}
