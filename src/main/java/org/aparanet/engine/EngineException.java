package org.aparanet.engine;

/** A device could not do what was asked of it; the message is one sentence for the user. */
public class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message a sentence for the user
   */
  public EngineException(String message) {
    super(message);
  }

  /**
   * A failure with a cause.
   *
   * @param message a sentence for the user
   * @param cause what failed below
   */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
