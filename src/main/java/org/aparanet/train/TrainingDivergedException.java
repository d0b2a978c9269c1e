package org.aparanet.train;

/**
 * The loss or the parameters became infinite or NaN; the message is one sentence for the user with
 * the step, the learning rate and advice.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient float[] parameters;
  private final long step;

  TrainingDivergedException(String message, float[] parameters, long step) {
    super(message);
    this.parameters = parameters;
    this.step = step;
  }

  /** The last known good parameters: finite, and taken when the loss was. */
  public float[] parameters() {
    return parameters;
  }

  /**
   * Number of steps after which {@link #parameters} were taken; 0 means that they are untrained.
   */
  public long step() {
    return step;
  }
}
