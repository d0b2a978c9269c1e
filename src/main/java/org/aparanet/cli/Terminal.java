package org.aparanet.cli;

/** Whether somebody is watching. */
final class Terminal {
  private Terminal() {}

  /**
   * Java cannot tell where its standard error goes, so the launcher says: yes, no, or console where
   * it does not know either; then Java's idea of a console is the best there is.
   */
  static boolean onStandardError() {
    return switch (System.getProperty("aparanet.terminal", "no")) {
      case "yes" -> true;
      case "console" -> System.console() != null;
      default -> false;
    };
  }

  /** Whether results may be coloured: somebody is watching them and has not asked for no colour. */
  static boolean coloursOnStandardOutput() {
    return System.getProperty("aparanet.terminal.output", "no").equals("yes")
        && System.getenv("NO_COLOR") == null;
  }
}
