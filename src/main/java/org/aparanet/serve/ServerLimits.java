package org.aparanet.serve;

import java.util.Map;

/** Limits of what the server takes, so that no client can use up the machine. */
final class ServerLimits {
  /** Connections at a time; more are closed at once. */
  static final int CONNECTIONS = 64;

  /** Largest body of a request, in bytes. */
  static final int BODY = 16 << 20;

  /** Bytes that the bodies of all requests may take together. */
  static final int ALL_BODIES = 64 << 20;

  /** Most images of one request. */
  static final int IMAGES = 256;

  /** Seconds in which a request has to be there whole, headers and body. */
  static final int REQUEST_SECONDS = 10;

  /** Seconds in which an answer has to be computed and taken. */
  static final int ANSWER_SECONDS = 60;

  /** Properties of the JDK's server: its limits can be set in no other way. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", "" + CONNECTIONS,
          "sun.net.httpserver.maxReqTime", "" + REQUEST_SECONDS,
          "sun.net.httpserver.maxRspTime", "" + ANSWER_SECONDS,
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.nodelay", "true");

  private ServerLimits() {}

  /**
   * Sets the limits of connections, of headers and of time. The JDK reads them once, before its
   * first server is made; who has set one already has chosen.
   */
  static void apply() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
