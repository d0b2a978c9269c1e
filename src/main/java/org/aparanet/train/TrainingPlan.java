package org.aparanet.train;

import java.util.Objects;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/**
 * How to train.
 *
 * @param epochs passes over the training images, 1 to {@link #MAXIMUM_EPOCHS}
 * @param batch images in a step, 1 to {@link #MAXIMUM_BATCH}; an epoch's last step takes what is
 *     left
 * @param learningRate of the optimizer, finite and above 0; the schedule says how much of it a step
 *     takes
 * @param seed of the order of the images, and of what is random in a step
 * @param shuffle whether each epoch has an order of its own; otherwise all have the set's
 * @param sync how much work may be lost when the device fails
 * @param optimizer how a step moves the parameters
 * @param schedule how the learning rate changes
 * @param labelSmoothing see {@link SoftmaxCrossEntropy}, 0 to below 1
 * @param augmentation how the training images are changed at random
 * @param testEvery epochs from test to test, at least 1; the last epoch is always tested
 * @param patience epochs without improvement on the validation images after which to stop; 0 to
 *     train all epochs
 * @param softmax where softmax and loss are computed
 */
public record TrainingPlan(
    int epochs,
    int batch,
    float learningRate,
    long seed,
    boolean shuffle,
    SyncInterval sync,
    Optimizer optimizer,
    LearningRateSchedule schedule,
    float labelSmoothing,
    Augmentation augmentation,
    int testEvery,
    int patience,
    Softmax softmax) {

  /** Where softmax and loss are computed. */
  public enum Softmax {
    /** On the host, between the way forward and the way back. */
    HOST,
    /** On the device, where it can; otherwise on the host. */
    DEVICE
  }

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
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(softmax, "softmax");
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing " + labelSmoothing + "; allowed is 0 to below 1");
    }
    if (testEvery < 1) {
      throw new IllegalArgumentException(
          "a test every " + testEvery + " epochs; it must be at least 1");
    }
    if (patience < 0) {
      throw new IllegalArgumentException(
          "a patience of " + patience + " epochs; it must be at least 0");
    }
  }

  /** With plain stochastic gradient descent at a constant rate, and a test after each epoch. */
  public TrainingPlan(
      int epochs, int batch, float learningRate, long seed, boolean shuffle, SyncInterval sync) {
    this(
        epochs,
        batch,
        learningRate,
        seed,
        shuffle,
        sync,
        Optimizer.SGD,
        LearningRateSchedule.CONSTANT,
        0,
        Augmentation.NONE,
        1,
        0,
        Softmax.HOST);
  }

  /** As above, with {@link SyncInterval#DEFAULT}. */
  public TrainingPlan(int epochs, int batch, float learningRate, long seed, boolean shuffle) {
    this(epochs, batch, learningRate, seed, shuffle, SyncInterval.DEFAULT);
  }

  /** This plan with other ways to learn. */
  public TrainingPlan with(Optimizer how, LearningRateSchedule rates, float smoothing) {
    return new TrainingPlan(
        epochs,
        batch,
        learningRate,
        seed,
        shuffle,
        sync,
        how,
        rates,
        smoothing,
        augmentation,
        testEvery,
        patience,
        softmax);
  }

  /** This plan with changed images. */
  public TrainingPlan with(Augmentation changes) {
    return new TrainingPlan(
        epochs,
        batch,
        learningRate,
        seed,
        shuffle,
        sync,
        optimizer,
        schedule,
        labelSmoothing,
        changes,
        testEvery,
        patience,
        softmax);
  }

  /** This plan with other tests, and an end when nothing improves. */
  public TrainingPlan with(int testEpochs, int waiting) {
    return new TrainingPlan(
        epochs,
        batch,
        learningRate,
        seed,
        shuffle,
        sync,
        optimizer,
        schedule,
        labelSmoothing,
        augmentation,
        testEpochs,
        waiting,
        softmax);
  }

  /** This plan with softmax and loss computed elsewhere. */
  public TrainingPlan with(Softmax where) {
    return new TrainingPlan(
        epochs,
        batch,
        learningRate,
        seed,
        shuffle,
        sync,
        optimizer,
        schedule,
        labelSmoothing,
        augmentation,
        testEvery,
        patience,
        where);
  }

  /** Steps of an epoch of so many images. */
  public long stepsPerEpoch(int images) {
    return ((long) images + batch - 1) / batch;
  }

  /** The length of a run with so many images. */
  LearningRateSchedule.Run run(int images) {
    return new LearningRateSchedule.Run(epochs * stepsPerEpoch(images), stepsPerEpoch(images));
  }

  /**
   * The rate of a step.
   *
   * @param step steps taken before it
   */
  float learningRate(long step, LearningRateSchedule.Run run) {
    return (float) (learningRate * schedule.factor(step, run));
  }
}
