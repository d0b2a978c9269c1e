package org.aparanet.train;

import java.util.Objects;
import java.util.function.Consumer;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageOrder;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/**
 * Hyper-parameters of a training.
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
 * @param classWeights how much the images of each class count in the loss
 * @param augmentation how the training images are changed at random
 * @param testEvery epochs from test to test, at least 1; the last epoch is always tested
 * @param patience epochs without improvement on the validation images after which to stop; 0 to
 *     train all epochs
 * @param freeze layers, from the first, that keep their parameters; 0 for none
 * @param average of the parameters, which is tested and kept in their place
 * @param softmax where softmax and loss are computed
 * @param rounds steps of several devices between two averagings
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
    ClassWeights classWeights,
    Augmentation augmentation,
    int testEvery,
    int patience,
    int freeze,
    ParameterAverage average,
    Softmax softmax,
    Rounds rounds) {

  /** Where softmax and loss are computed. */
  public enum Softmax {
    /** On the host, between the forward and the backward pass. */
    HOST,
    /** On the device, where it can; otherwise on the host. */
    DEVICE
  }

  /** Largest number of epochs. */
  public static final int MAXIMUM_EPOCHS = 1_000_000;

  /** Largest batch. */
  public static final int MAXIMUM_BATCH = 65_536;

  /**
   * Checks the values.
   *
   * @param epochs passes over the training images, 1 to {@link #MAXIMUM_EPOCHS}
   * @param batch images in a step, 1 to {@link #MAXIMUM_BATCH}; an epoch's last step takes what is
   *     left
   * @param learningRate of the optimizer, finite and above 0; the schedule says how much of it a
   *     step takes
   * @param seed of the order of the images, and of what is random in a step
   * @param shuffle whether each epoch has an order of its own; otherwise all have the set's
   * @param sync how much work may be lost when the device fails
   * @param optimizer how a step moves the parameters
   * @param schedule how the learning rate changes
   * @param labelSmoothing see {@link SoftmaxCrossEntropy}, 0 to below 1
   * @param classWeights how much the images of each class count in the loss
   * @param augmentation how the training images are changed at random
   * @param testEvery epochs from test to test, at least 1; the last epoch is always tested
   * @param patience epochs without improvement on the validation images after which to stop; 0 to
   *     train all epochs
   * @param freeze layers, from the first, that keep their parameters; 0 for none
   * @param average of the parameters, which is tested and kept in their place
   * @param softmax where softmax and loss are computed
   * @param rounds steps of several devices between two averagings
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
    Objects.requireNonNull(classWeights, "classWeights");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(average, "average");
    Objects.requireNonNull(softmax, "softmax");
    Objects.requireNonNull(rounds, "rounds");
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
    if (freeze < 0) {
      throw new IllegalArgumentException(freeze + " frozen layers; there are at least 0");
    }
    if (average instanceof ParameterAverage.Mean mean && mean.epochs() > epochs) {
      throw new IllegalArgumentException(
          "a mean over " + mean.epochs() + " epochs; the run has " + epochs);
    }
    for (int share = 0; share < rounds.shares().count(); share++) {
      if (rounds.shares().size(share, batch) == 0) {
        throw new IllegalArgumentException(
            "shares "
                + rounds.shares()
                + " of a batch of "
                + batch
                + " images: share "
                + (share + 1)
                + " has none; take a larger batch, or fewer or more even shares");
      }
    }
  }

  /**
   * {@return a plan for plain stochastic gradient descent at a constant rate, with seed 1, shuffled
   * images and a test after each epoch}
   *
   * @param epochs passes over the training images, 1 to {@link #MAXIMUM_EPOCHS}
   * @param batch images in a step, 1 to {@link #MAXIMUM_BATCH}; an epoch's last step takes what is
   *     left
   * @param learningRate of the optimizer, finite and above 0; the schedule says how much of it a
   *     step takes
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static TrainingPlan of(int epochs, int batch, float learningRate) {
    return new TrainingPlan(
        epochs,
        batch,
        learningRate,
        1,
        true,
        SyncInterval.DEFAULT,
        Optimizer.SGD,
        LearningRateSchedule.CONSTANT,
        0,
        ClassWeights.NONE,
        Augmentation.NONE,
        1,
        0,
        0,
        ParameterAverage.NONE,
        Softmax.HOST,
        Rounds.NONE);
  }

  /**
   * {@return this plan with another seed}
   *
   * @param seed of the order of the images, and of what is random in a step
   */
  public TrainingPlan withSeed(long seed) {
    return changed(draft -> draft.seed = seed);
  }

  /**
   * {@return this plan with images that are shuffled in each epoch, or not}
   *
   * @param shuffle whether each epoch has an order of its own; otherwise all have the set's
   */
  public TrainingPlan withShuffle(boolean shuffle) {
    return changed(draft -> draft.shuffle = shuffle);
  }

  /**
   * {@return this plan with another interval of snapshots}
   *
   * @param sync how much work may be lost when the device fails
   */
  public TrainingPlan withSync(SyncInterval sync) {
    return changed(draft -> draft.sync = sync);
  }

  /**
   * {@return this plan with another optimizer, which brings its own rate of the head}
   *
   * @param optimizer how a step moves the parameters
   */
  public TrainingPlan withOptimizer(Optimizer optimizer) {
    return changed(draft -> draft.optimizer = optimizer);
  }

  /**
   * {@return this plan, and its optimizer, with another learning rate of the head}
   *
   * @param headRate of the last layer, finite and above 0; the schedule says how much of it a step
   *     takes
   * @throws IllegalArgumentException if it is out of its range
   */
  public TrainingPlan withHeadRate(float headRate) {
    if (!(headRate > 0 && headRate < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "head rate " + headRate + "; it must be finite and above 0");
    }
    return withOptimizer(optimizer.withHeadFactor(headRate / (double) learningRate));
  }

  /**
   * {@return this plan with another learning rate schedule}
   *
   * @param schedule how the learning rate changes
   */
  public TrainingPlan withSchedule(LearningRateSchedule schedule) {
    return changed(draft -> draft.schedule = schedule);
  }

  /**
   * {@return this plan with another label smoothing}
   *
   * @param labelSmoothing see {@link SoftmaxCrossEntropy}, 0 to below 1
   */
  public TrainingPlan withLabelSmoothing(float labelSmoothing) {
    return changed(draft -> draft.labelSmoothing = labelSmoothing);
  }

  /**
   * {@return this plan with other weights of the classes}
   *
   * @param classWeights how much the images of each class count in the loss
   */
  public TrainingPlan withClassWeights(ClassWeights classWeights) {
    return changed(draft -> draft.classWeights = classWeights);
  }

  /**
   * {@return this plan with another augmentation}
   *
   * @param augmentation how the training images are changed at random
   */
  public TrainingPlan withAugmentation(Augmentation augmentation) {
    return changed(draft -> draft.augmentation = augmentation);
  }

  /**
   * {@return this plan with another number of epochs from test to test}
   *
   * @param testEvery epochs from test to test, at least 1; the last epoch is always tested
   */
  public TrainingPlan withTestEvery(int testEvery) {
    return changed(draft -> draft.testEvery = testEvery);
  }

  /**
   * {@return this plan with another patience}
   *
   * @param patience epochs without improvement on the validation images after which to stop; 0 to
   *     train all epochs
   */
  public TrainingPlan withPatience(int patience) {
    return changed(draft -> draft.patience = patience);
  }

  /**
   * {@return this plan with other layers that keep their parameters}
   *
   * @param freeze how many, from the first; 0 for none
   */
  public TrainingPlan withFreeze(int freeze) {
    return changed(draft -> draft.freeze = freeze);
  }

  /**
   * {@return this plan with another average of the parameters}
   *
   * @param average which is tested and kept in their place
   */
  public TrainingPlan withAverage(ParameterAverage average) {
    return changed(draft -> draft.average = average);
  }

  /**
   * {@return this plan with another place of softmax and loss}
   *
   * @param softmax where softmax and loss are computed
   */
  public TrainingPlan withSoftmax(Softmax softmax) {
    return changed(draft -> draft.softmax = softmax);
  }

  /**
   * {@return this plan for several devices}
   *
   * @param rounds steps of several devices between two averagings
   * @throws IllegalArgumentException if a share has no image of a whole batch
   */
  public TrainingPlan withRounds(Rounds rounds) {
    return changed(draft -> draft.rounds = rounds);
  }

  private TrainingPlan changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.plan();
  }

  /** {@return the most images that one share has of a batch} */
  public int largestShare() {
    int largest = 0;
    for (int share = 0; share < rounds.shares().count(); share++) {
      largest = Math.max(largest, rounds.shares().size(share, batch));
    }
    return largest;
  }

  /**
   * {@return the images of a batch that a session is opened for: on a cluster its share, which is
   * known before; the arithmetic of some devices follows from this number}
   */
  public int sessionBatch() {
    return rounds.sharded() ? largestShare() : batch;
  }

  /**
   * {@return the number of steps in an epoch of {@code images} images}
   *
   * @param images number of images
   */
  public long stepsPerEpoch(int images) {
    return ((long) images + batch - 1) / batch;
  }

  /**
   * {@return the order in which the epochs visit the images}
   *
   * @param images number of training images
   */
  public ImageOrder order(int images) {
    return rounds.sharded()
        ? new ShardedOrder(images, batch, rounds.shares(), seed, shuffle)
        : new BatchSampler(images, seed, shuffle);
  }

  /** {@return the learning rate of the head, of which the schedule says how much a step takes} */
  public float headRate() {
    return optimizer.headRate(learningRate);
  }

  /**
   * {@return the length of a run, in steps}
   *
   * @param images number of training images
   */
  public LearningRateSchedule.Run run(int images) {
    return new LearningRateSchedule.Run(epochs * stepsPerEpoch(images), stepsPerEpoch(images));
  }

  /**
   * Learning rate of a step.
   *
   * @param step steps taken before it
   */
  float learningRate(long step, LearningRateSchedule.Run run) {
    return (float) (learningRate * schedule.factor(step, run));
  }

  /** The fields of a plan, to change one of them. */
  private static final class Draft {
    private final int epochs;
    private final int batch;
    private final float learningRate;
    private long seed;
    private boolean shuffle;
    private SyncInterval sync;
    private Optimizer optimizer;
    private LearningRateSchedule schedule;
    private float labelSmoothing;
    private ClassWeights classWeights;
    private Augmentation augmentation;
    private int testEvery;
    private int patience;
    private int freeze;
    private ParameterAverage average;
    private Softmax softmax;
    private Rounds rounds;

    Draft(TrainingPlan plan) {
      epochs = plan.epochs;
      batch = plan.batch;
      learningRate = plan.learningRate;
      seed = plan.seed;
      shuffle = plan.shuffle;
      sync = plan.sync;
      optimizer = plan.optimizer;
      schedule = plan.schedule;
      labelSmoothing = plan.labelSmoothing;
      classWeights = plan.classWeights;
      augmentation = plan.augmentation;
      testEvery = plan.testEvery;
      patience = plan.patience;
      freeze = plan.freeze;
      average = plan.average;
      softmax = plan.softmax;
      rounds = plan.rounds;
    }

    TrainingPlan plan() {
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
          classWeights,
          augmentation,
          testEvery,
          patience,
          freeze,
          average,
          softmax,
          rounds);
    }
  }
}
