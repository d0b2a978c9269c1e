package org.aparanet.train;

/**
 * Training had to stop; the message is one sentence for the user with the cause. The exception
 * holds the last good parameters.
 */
public class TrainingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient float[] parameters;

  /** Number of the step. */
  private final long step;

  /**
   * Training that had to stop.
   *
   * @param message one sentence with the cause
   * @param cause what happened, or null
   * @param parameters the last good ones
   * @param step number of steps after which they were taken
   */
  public TrainingFailedException(String message, Throwable cause, float[] parameters, long step) {
    super(message, cause);
    this.parameters = parameters;
    this.step = step;
  }

  /** {@return the last known good parameters: finite, and taken when the loss was} */
  public float[] parameters() {
    return parameters;
  }

  /**
   * {@return the number of steps after which {@link #parameters} were taken; 0 means that they are
   * untrained}
   */
  public long step() {
    return step;
  }
}
