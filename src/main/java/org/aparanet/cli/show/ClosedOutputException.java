package org.aparanet.cli.show;

/** Nobody reads what is written any more: the reader at the other end of a pipe has ended. */
public final class ClosedOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of a process that SIGPIPE ends, as a shell shows it: what other tools come to. */
  public static final int STATUS = 128 + 13;

  ClosedOutputException(Throwable cause) {
    super("the reader of the output has ended", cause);
  }
}
