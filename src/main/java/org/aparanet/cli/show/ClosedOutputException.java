package org.aparanet.cli.show;

/** Write to a pipe whose reader has ended. */
public final class ClosedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit status of a process that SIGPIPE ends, as a shell shows it. */
  public static final int STATUS = 128 + 13;

  ClosedOutputException(Throwable cause) {
    super("the reader of the output has ended", cause);
  }
}
