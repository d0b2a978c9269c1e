package org.aparanet.train;

/**
 * A network, images or checkpoints do not go together; the message is one sentence for the user.
 */
public final class MismatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param message one sentence
   */
  public MismatchException(String message) {
    super(message);
  }
}
