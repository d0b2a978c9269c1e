package org.aparanet.engine;

/**
 * The host's part of a training step: from logits to the gradient of the loss with respect to them.
 *
 * <p>An engine hands over the rows of a batch in one or several pieces, each row exactly once, and
 * may call from several threads at the same time for different rows.
 */
@FunctionalInterface
public interface LossGradient {

  /**
   * Fills in the gradient for some rows of the batch.
   *
   * @param logits the network's outputs, row r at {@code offset + (r - first) * classes}
   * @param dLogits receives the gradient of the batch's mean loss, laid out like the logits
   * @param offset index of the first of these rows in both arrays
   * @param first position in the batch of the first of these rows
   * @param rows number of rows
   * @return whether the loss of every one of these rows is finite
   */
  boolean apply(float[] logits, float[] dLogits, int offset, int first, int rows);
}
