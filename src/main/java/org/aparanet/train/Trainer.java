package org.aparanet.train;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;

/**
 * The orchestrator: takes a session through the steps and epochs of a plan, on the host's side of
 * the work.
 *
 * <p>It keeps a snapshot of the parameters from which it can go on: of the start, of every epoch's
 * end, and within an epoch as often as the plan's {@link SyncInterval} says. When the device loses
 * its state, the run goes back to the snapshot and repeats what came after it, and so comes to the
 * same result. When the device fails, the same is done on another device if there is a fallback:
 * the images come in the same order there.
 */
public final class Trainer {

  /** How often the device may lose its state before the next snapshot is reached. */
  static final int MAXIMUM_LOSSES = 3;

  private final ImageSet train;
  private final ImageSet test;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final LongSupplier clock;
  private final BatchSampler sampler;
  private final SoftmaxCrossEntropy loss;
  private final Stopwatch epochTime = new Stopwatch();
  private final List<Device> devices = new ArrayList<>();

  private Optional<Supplier<Session>> fallback;
  private Site site;
  private Snapshot good;
  private long synced;
  private int lossesSinceSnapshot;
  private long stepsReported;
  private double seconds;
  private Accuracy accuracy;

  /**
   * Loads the images into the session; a device that fails ends the run.
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
    this(session, Optional.empty(), train, test, plan, listener);
  }

  /**
   * As above, for a device that another one may take the place of.
   *
   * @param fallback asked once, when the device fails, for a session of the same network and batch
   *     on a device to go on with
   */
  public Trainer(
      Session session,
      Optional<Supplier<Session>> fallback,
      ImageSet train,
      ImageSet test,
      TrainingPlan plan,
      TrainingListener listener) {
    this(session, fallback, train, test, plan, listener, System::nanoTime);
  }

  /** With a clock of the test's own, in nanoseconds. */
  Trainer(
      Session session,
      Optional<Supplier<Session>> fallback,
      ImageSet train,
      ImageSet test,
      TrainingPlan plan,
      TrainingListener listener,
      LongSupplier clock) {
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
    this.fallback = fallback;
    this.train = train;
    this.test = test;
    this.plan = plan;
    this.listener = listener;
    this.clock = clock;
    sampler = new BatchSampler(train.count(), plan.seed(), plan.shuffle());
    loss = new SoftmaxCrossEntropy(classes, plan.batch());
    try {
      site = load(session);
    } catch (EngineException e) {
      fallBack(e, 0);
    }
  }

  private Site load(Session session) {
    int firstImage = session.load(train);
    return new Site(session, firstImage, new Evaluation(session, test));
  }

  /**
   * Trains.
   *
   * @param parameters where to start; copied
   * @throws TrainingDivergedException if the loss or the parameters are no longer finite
   * @throws TrainingFailedException if the device fails, or loses its state again and again, and
   *     there is no other
   */
  public TrainingResult run(float[] parameters) {
    good = new Snapshot(Position.START, parameters.clone());
    Position position = Position.START;
    boolean resume = true;
    while (position.epoch() <= plan.epochs()) {
      try {
        if (resume) {
          site.session().setParameters(good.parameters());
          synced = clock.getAsLong();
          resume = false;
        }
        position = epoch(position);
      } catch (StateLostException e) {
        recover(e);
        position = good.position();
        resume = true;
      } catch (EngineException e) {
        replace(e);
        position = good.position();
        resume = true;
      }
    }
    devices.add(site.session().device());
    double images = (double) train.count() * plan.epochs();
    return new TrainingResult(
        good.parameters(), accuracy, seconds, images / seconds, List.copyOf(devices));
  }

  /** Finishes the epoch in which a position lies. */
  private Position epoch(Position start) {
    Position end = trainEpoch(start);
    accuracy = site.evaluation().accuracy();
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
      indices[i] = site.firstImage() + order[i];
    }
    Position position = start;
    epochTime.start();
    try {
      while (position.images() < order.length) {
        position = step(position, order, indices);
        if (plan.sync().due(position.step() - good.position().step(), clock.getAsLong() - synced)) {
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
    if (!site.session().step(indices, from, count, loss, plan.learningRate())) {
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
    float[] parameters = site.session().parameters();
    for (float parameter : parameters) {
      if (!Float.isFinite(parameter)) {
        throw diverged("a parameter is no longer finite", position.step(), position.epoch());
      }
    }
    good = new Snapshot(position, parameters);
    synced = clock.getAsLong();
    lossesSinceSnapshot = 0;
  }

  private void recover(StateLostException cause) {
    lossesSinceSnapshot++;
    if (lossesSinceSnapshot <= MAXIMUM_LOSSES) {
      listener.restored(cause, good.position().step());
      return;
    }
    replace(
        new EngineException(
            site.session().device()
                + " lost the network's state "
                + lossesSinceSnapshot
                + " times after step "
                + good.position().step(),
            cause));
  }

  /** Puts another device in the place of one that failed in the middle of a run. */
  private void replace(EngineException cause) {
    Device failed = site.session().device();
    long step = good.position().step();
    try {
      fallBack(cause, step);
    } catch (EngineException e) {
      throw new TrainingFailedException(e.getMessage(), e, good.parameters(), step);
    }
    if (step > 0) {
      devices.add(failed);
    }
    lossesSinceSnapshot = 0;
  }

  /**
   * @throws EngineException the cause, if there is no other device
   */
  private void fallBack(EngineException cause, long step) {
    if (fallback.isEmpty()) {
      throw cause;
    }
    Supplier<Session> other = fallback.get();
    fallback = Optional.empty();
    try {
      site = load(other.get());
    } catch (EngineException e) {
      throw new EngineException(
          cause.getMessage() + "; and nothing can take its place: " + e.getMessage(), cause);
    }
    listener.fellBack(cause, site.session().device(), step);
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
                .toPlainString()
            + doubt(),
        good.parameters(),
        good.position().step());
  }

  /** A loss that is not finite may also come from a device that computes wrongly. */
  private String doubt() {
    Device device = site.session().device();
    return device.kind() == Device.Kind.JAVA
        ? ""
        : "; should that not help, let \"aparanet devices --check\" test " + device;
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

  /** A session that holds the images, with what is needed to use them there. */
  private record Site(Session session, int firstImage, Evaluation evaluation) {}

  private record Snapshot(Position position, float[] parameters) {}
}
