package org.aparanet.engine;

/**
 * The device no longer holds what the session last left there. The session itself is still usable:
 * set its parameters to a state that is known to be good, and go on from there.
 */
public final class StateLostException extends EngineException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message a sentence for the user
   */
  public StateLostException(String message) {
    super(message);
  }
}
