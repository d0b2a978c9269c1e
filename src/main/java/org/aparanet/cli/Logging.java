package org.aparanet.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logging through slf4j to the standard error stream; simplelogger.properties has the default
 * levels.
 */
final class Logging {
  private Logging() {}

  /** Takes over java.util.logging, which Aparapi uses. */
  static void start() {
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }

  /** To be called before the first logger is made: that is when slf4j-simple reads its settings. */
  static void verbose(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
      System.setProperty("org.slf4j.simpleLogger.log.com.aparapi", "info");
      System.setProperty("com.aparapi.logLevel", "WARNING");
    }
  }
}
