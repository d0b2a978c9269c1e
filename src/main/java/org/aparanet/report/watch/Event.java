package org.aparanet.report.watch;

import java.nio.charset.StandardCharsets;

/** Events as a stream of server-sent events has them. */
final class Event {
  /** A line that means nothing, from which a client sees that the server is there. */
  static final byte[] NOTHING = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private Event() {}

  /**
   * An event, with the milliseconds after which a client that has lost the stream comes back.
   *
   * @param number of the event, from which a client says what it got last
   * @param name of the kind of event
   * @param json of one line
   */
  static byte[] of(long number, String name, String json) {
    return ("id: " + number + "\nevent: " + name + "\nretry: 1000\ndata: " + json + "\n\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
