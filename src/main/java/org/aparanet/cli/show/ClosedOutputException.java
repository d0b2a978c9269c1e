package org.aparanet.cli.show;

/** The reader at the other end of a pipe has ended, so nothing more can be written. */
public final class ClosedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit status of a process that SIGPIPE ends, as a shell shows it. */
  public static final int STATUS = 128 + 13;

  ClosedOutputException(Throwable cause) {
    super("the reader of the output has ended", cause);
  }
}
