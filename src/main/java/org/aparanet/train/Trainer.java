package org.aparanet.train;

import java.math.BigDecimal;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;

/**
 * The orchestrator: takes a session through the steps and epochs of a plan, on the host's side of
 * the work.
 *
 * <p>It keeps a snapshot of the parameters from which it can go on: of the start, of every epoch's
 * end and of every {@value #SNAPSHOT_STEPS}th step. When the device loses its state, the run goes
 * back to the snapshot and repeats what came after it, and so comes to the same result.
 */
public final class Trainer {

  /** Steps between two snapshots within an epoch. */
  static final int SNAPSHOT_STEPS = 1000;

  /** How often the device may lose its state before the next snapshot is reached. */
  static final int MAXIMUM_LOSSES = 3;

  private final Session session;
  private final ImageSet train;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final BatchSampler sampler;
  private final SoftmaxCrossEntropy loss;
  private final Evaluation evaluation;
  private final int firstImage;
  private final Stopwatch epochTime = new Stopwatch();

  private Snapshot good;
  private int lossesSinceSnapshot;
  private long stepsReported;
  private double seconds;
  private Accuracy accuracy;

  /**
   * Loads the images into the session.
   *
   * @param session opened for the network to train, with at least the plan's batch
   * @param train images to train with, at least one
   * @param test images to test with after each epoch
   * @param plan how to train
   * @param listener is told how it goes
   * @throws IllegalArgumentException if there is no image to train with, or the network has fewer
   *     outputs than the images have classes
   * @throws EngineException if the session cannot take the images
   */
  public Trainer(
      Session session,
      ImageSet train,
      ImageSet test,
      TrainingPlan plan,
      TrainingListener listener) {
    if (train.count() == 0) {
      throw new IllegalArgumentException(train.name() + " has no image to train with");
    }
    int classes = session.network().classes();
    if (classes < train.classes()) {
      throw new IllegalArgumentException(
          train.name()
              + " has "
              + train.classes()
              + " classes, the network "
              + classes
              + " outputs");
    }
    this.session = session;
    this.train = train;
    this.plan = plan;
    this.listener = listener;
    sampler = new BatchSampler(train.count(), plan.seed(), plan.shuffle());
    loss = new SoftmaxCrossEntropy(classes, plan.batch());
    firstImage = session.load(train);
    evaluation = new Evaluation(session, test);
  }

  /**
   * Trains.
   *
   * @param parameters where to start; copied
   * @throws TrainingDivergedException if the loss or the parameters are no longer finite
   * @throws EngineException if the device fails, or loses its state again and again
   */
  public TrainingResult run(float[] parameters) {
    good = new Snapshot(Position.START, parameters.clone());
    session.setParameters(good.parameters());
    Position position = Position.START;
    while (position.epoch() <= plan.epochs()) {
      try {
        position = epoch(position);
      } catch (StateLostException e) {
        position = recover(e);
      }
    }
    double images = (double) train.count() * plan.epochs();
    return new TrainingResult(good.parameters(), accuracy, seconds, images / seconds);
  }

  /** Finishes the epoch in which a position lies. */
  private Position epoch(Position start) {
    Position end = trainEpoch(start);
    accuracy = evaluation.accuracy();
    seconds += epochTime.seconds();
    listener.epoch(
        new TrainingListener.Epoch(
            end.epoch(),
            end.lossSum() / end.images(),
            (double) end.correct() / end.images(),
            accuracy,
            epochTime.seconds(),
            end.images() / epochTime.seconds()));
    epochTime.reset();
    Position next = end.nextEpoch();
    good = new Snapshot(next, good.parameters()); // so that an epoch is never told twice
    return next;
  }

  private Position trainEpoch(Position start) {
    int[] order = sampler.order(start.epoch());
    int[] indices = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      indices[i] = firstImage + order[i];
    }
    Position position = start;
    epochTime.start();
    try {
      while (position.images() < order.length) {
        position = step(position, order, indices);
        if (position.step() % SNAPSHOT_STEPS == 0) {
          snapshot(position);
        }
      }
      snapshot(position);
    } finally {
      epochTime.stop();
    }
    return position;
  }

  private Position step(Position before, int[] order, int[] indices) {
    int from = before.images();
    int count = Math.min(plan.batch(), order.length - from);
    loss.bind(train, order, from, count);
    if (!session.step(indices, from, count, loss, plan.learningRate())) {
      throw diverged("the loss is no longer finite", before.step() + 1, before.epoch());
    }
    double lossSum = loss.lossSum();
    int correct = loss.correct();
    Position after = before.afterStep(count, lossSum, correct);
    if (after.step() > stepsReported) {
      stepsReported = after.step();
      listener.step(
          new TrainingListener.Step(
              after.step(),
              after.epoch(),
              count,
              lossSum / count,
              (double) correct / count,
              progress(after)));
    }
    return after;
  }

  private TrainingListener.Progress progress(Position position) {
    int images = position.images();
    double rate = images / epochTime.seconds();
    double left =
        (double) (plan.epochs() - position.epoch()) * train.count() + train.count() - images;
    return new TrainingListener.Progress(
        images,
        train.count(),
        position.lossSum() / images,
        (double) position.correct() / images,
        rate,
        left / rate);
  }

  private void snapshot(Position position) {
    if (position.step() == good.position().step()) {
      return;
    }
    float[] parameters = session.parameters();
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        throw diverged("a parameter is no longer finite", position.step(), position.epoch());
      }
    }
    good = new Snapshot(position, parameters);
    lossesSinceSnapshot = 0;
  }

  private Position recover(StateLostException cause) {
    lossesSinceSnapshot++;
    if (lossesSinceSnapshot > MAXIMUM_LOSSES) {
      throw new EngineException(
          session.device()
              + " lost the network's state "
              + lossesSinceSnapshot
              + " times after step "
              + good.position().step()
              + "; training cannot go on there",
          cause);
    }
    session.setParameters(good.parameters());
    listener.restored(cause, good.position().step());
    return good.position();
  }

  private TrainingDivergedException diverged(String what, long step, int epoch) {
    return new TrainingDivergedException(
        what
            + " at step "
            + step
            + " (epoch "
            + epoch
            + ") with learning rate "
            + plan.learningRate()
            + "; use a smaller one, such as --learning-rate "
            + new BigDecimal(Float.toString(plan.learningRate()))
                .movePointLeft(1)
                .stripTrailingZeros()
                .toPlainString(),
        good.parameters(),
        good.position().step());
  }

  /**
   * Where a run stands, between two steps.
   *
   * @param epoch the current epoch, from 1
   * @param step steps taken in the whole run
   * @param images images taken in this epoch
   * @param lossSum sum of these images' losses
   * @param correct how many of these images were classified correctly
   */
  private record Position(int epoch, long step, int images, double lossSum, int correct) {
    static final Position START = new Position(1, 0, 0, 0, 0);

    Position afterStep(int count, double loss, int hits) {
      return new Position(epoch, step + 1, images + count, lossSum + loss, correct + hits);
    }

    Position nextEpoch() {
      return new Position(epoch + 1, step, 0, 0, 0);
    }
  }

  private record Snapshot(Position position, float[] parameters) {}
}
