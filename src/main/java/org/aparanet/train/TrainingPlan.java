package org.aparanet.train;

import java.util.Objects;

/**
 * How to train.
 *
 * @param epochs passes over the training images, 1 to {@link #MAXIMUM_EPOCHS}
 * @param batch images in a step, 1 to {@link #MAXIMUM_BATCH}; an epoch's last step takes what is
 *     left
 * @param learningRate factor of the gradient, finite and above 0
 * @param seed of the order of the images
 * @param shuffle whether each epoch has an order of its own; otherwise all have the set's
 * @param sync how much work may be lost when the device fails
 */
public record TrainingPlan(
    int epochs, int batch, float learningRate, long seed, boolean shuffle, SyncInterval sync) {

  public static final int MAXIMUM_EPOCHS = 1_000_000;
  public static final int MAXIMUM_BATCH = 65_536;

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TrainingPlan {
    if (epochs < 1 || epochs > MAXIMUM_EPOCHS) {
      throw new IllegalArgumentException(epochs + " epochs; allowed are 1 to " + MAXIMUM_EPOCHS);
    }
    if (batch < 1 || batch > MAXIMUM_BATCH) {
      throw new IllegalArgumentException(
          "a batch of " + batch + " images; allowed are 1 to " + MAXIMUM_BATCH);
    }
    if (!(learningRate > 0 && learningRate < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate " + learningRate + "; it must be finite and above 0");
    }
    Objects.requireNonNull(sync, "sync");
  }

  /** With {@link SyncInterval#DEFAULT}. */
  public TrainingPlan(int epochs, int batch, float learningRate, long seed, boolean shuffle) {
    this(epochs, batch, learningRate, seed, shuffle, SyncInterval.DEFAULT);
  }
}
