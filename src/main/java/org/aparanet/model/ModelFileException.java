package org.aparanet.model;

/** A model file could not be read or written; the message is one sentence that names the file. */
public class ModelFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message a sentence for the user
   */
  public ModelFileException(String message) {
    super(message);
  }

  /**
   * A failure with a cause.
   *
   * @param message a sentence for the user
   * @param cause what failed below
   */
  public ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
