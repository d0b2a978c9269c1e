package org.aparanet.train;

/**
 * The loss or the parameters became infinite or NaN; the message is one sentence for the user with
 * the step, the learning rate and advice.
 */
public final class TrainingDivergedException extends TrainingFailedException {
  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message, float[] parameters, long step) {
    super(message, null, parameters, step);
  }
}
