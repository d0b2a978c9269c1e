package org.aparanet.train;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.aparanet.data.ImageOrder;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;

/**
 * The training loop on the host: takes a session through the steps and epochs of a plan.
 *
 * <p>It keeps a {@link Snapshot} from which it can continue: of the start, of every epoch's end,
 * and within an epoch as often as the plan's {@link SyncInterval} says. When the device loses its
 * state, the run goes back to the snapshot and repeats the steps after it, with the same result.
 * When the device fails, the same is done on another device if there is a fallback: the images come
 * in the same order there. A {@link SnapshotKeeper} gets snapshots as well, so that another process
 * can continue the run.
 */
public final class Trainer {

  /**
   * A test.
   *
   * @param state what was tested
   * @param recalls accuracy on the images of each class
   */
  private record Tested(TrainingState state, List<Accuracy> recalls) {}

  /** Time after which a paused run looks whether it is to stop or to be observed. */
  private static final long PAUSE_MILLISECONDS = 100;

  private final RunDevices.Opening opening;
  private final TrainingData data;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final Optional<SnapshotKeeper> keeper;
  private final LongSupplier clock;
  private final ImageOrder order;
  private final Stopwatch epochTime;
  private final RunningAverage average;

  private BooleanSupplier stop = () -> false;
  private Pause pause = new Pause();
  private StateObserver observer = StateObserver.NONE;
  private RunDevices devices;
  private Snapshot lastSnapshot;
  private Optional<Tested> lastTest = Optional.empty();
  private long synced;
  private long stepsReported;
  private double seconds;

  /**
   * Prepares a run.
   *
   * @param session opened for the network to train, with at least the plan's batch
   * @param fallback called once, when the device fails, for a session of the same network and batch
   *     on another device
   * @param data what to train, to validate and to test with
   * @param plan how to train
   * @param listener is told how it goes
   * @param keeper keeps snapshots for another process
   * @throws IllegalArgumentException if the network has fewer outputs than the images have classes,
   *     or the plan's patience has no validation images to look at
   */
  public Trainer(
      Session session,
      Optional<Supplier<Session>> fallback,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      Optional<SnapshotKeeper> keeper) {
    this(session, fallback, data, plan, listener, keeper, System::nanoTime);
  }

  /** Trainer with a given clock, in nanoseconds, for tests. */
  Trainer(
      Session session,
      Optional<Supplier<Session>> fallback,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      Optional<SnapshotKeeper> keeper,
      LongSupplier clock) {
    this(
        (told, start) -> new DeviceFailover(session, fallback, data, plan, told, start),
        session.network(),
        data,
        plan,
        listener,
        keeper,
        clock);
  }

  /**
   * Prepares a run on devices that take its steps together.
   *
   * @param opening loads the images onto the devices
   * @param network to train
   * @param data what to train, to validate and to test with
   * @param plan how to train
   * @param listener is told how it goes
   * @param keeper keeps snapshots for another process
   * @throws IllegalArgumentException if the network has fewer outputs than the images have classes,
   *     or the plan's patience has no validation images to look at
   */
  public Trainer(
      RunDevices.Opening opening,
      Network network,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      Optional<SnapshotKeeper> keeper) {
    this(opening, network, data, plan, listener, keeper, System::nanoTime);
  }

  private Trainer(
      RunDevices.Opening opening,
      Network network,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      Optional<SnapshotKeeper> keeper,
      LongSupplier clock) {
    ImageSet train = data.train();
    int classes = network.classes();
    if (classes < train.classes()) {
      throw new IllegalArgumentException(
          train.name()
              + " has "
              + train.classes()
              + " classes, the network "
              + classes
              + " outputs");
    }
    if (plan.patience() > 0 && data.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "a patience of " + plan.patience() + " epochs; it needs validation images");
    }
    this.opening = opening;
    this.data = data;
    this.plan = plan;
    this.listener = listener;
    this.keeper = keeper;
    this.clock = clock;
    epochTime = new Stopwatch(clock);
    order = plan.order(train.count());
    average = new RunningAverage(plan.average(), plan.run(train.count()));
  }

  /**
   * Has the run end before its time: after the step that is under way, once this says so. The
   * result is then that of the steps so far, or the best epoch so far if there are validation
   * images.
   *
   * @param condition asked between steps
   */
  public void stopWhen(BooleanSupplier condition) {
    stop = condition;
  }

  /**
   * Has the run be stopped, paused and observed. While it is paused, a snapshot of it is with the
   * keeper, if there is one.
   *
   * @param control of the run
   */
  public void control(TrainingControl control) {
    stopWhen(control.stop());
    pause = control.pause();
    observer = control.observer();
  }

  /**
   * Trains from the beginning.
   *
   * @param parameters where to start; copied
   * @return the model, and how the training went
   * @throws EngineException if the session cannot take the images
   * @throws TrainingDivergedException if the loss or the parameters are no longer finite
   * @throws TrainingFailedException if the device fails, or loses its state again and again, and
   *     there is no other; or if a checkpoint cannot be written
   */
  public TrainingResult run(float[] parameters) {
    return resume(Snapshot.start(TrainingState.start(parameters.clone(), plan.optimizer())));
  }

  /**
   * Continues a run from its snapshot, with the same network, images and plan and with the same
   * result.
   *
   * @param start from which to continue
   * @return the model, and how the training went
   * @throws IllegalArgumentException if the snapshot's state does not suit the network and the
   *     optimizer
   * @throws TrainingFailedException as {@link #run}
   */
  public TrainingResult resume(Snapshot start) {
    try (RunDevices opened = opening.open(listener, start.position().step())) {
      devices = opened;
      return train(start);
    }
  }

  private TrainingResult train(Snapshot start) {
    lastSnapshot = start;
    seconds = start.seconds();
    epochTime.reset(start.epochSeconds());
    Position position = start.position();
    stepsReported = position.step();
    keeper.ifPresent(kept -> kept.begin(start, clock.getAsLong()));
    List<Accuracy> recalls = null;
    boolean resume = true;
    while (recalls == null) {
      try {
        if (resume) {
          devices.restore(lastSnapshot.state());
          average.restore(lastSnapshot.average());
          synced = clock.getAsLong();
          resume = false;
        }
        if (isOver(position)) {
          recalls = finalTest();
        } else if (stop.getAsBoolean()) {
          if (position.step() == start.position().step()) {
            checkpoint(); // so that what was not begun can be, later
          }
          recalls = test();
        } else {
          position = epoch(position);
        }
      } catch (StateLostException e) {
        devices.recover(e, lastSnapshot);
        position = lastSnapshot.position();
        resume = true;
      } catch (EngineException e) {
        devices.replace(e, lastSnapshot);
        position = lastSnapshot.position();
        resume = true;
      }
    }
    double images = (double) data.train().count() * (position.epoch() - 1) + position.images();
    double time = seconds + epochTime.seconds(); // an epoch's own until it ends
    double speed = time > 0 ? images / time : 0;
    return new TrainingResult(
        result(), validated(), Accuracy.of(recalls), recalls, time, speed, devices.used());
  }

  private boolean isOver(Position position) {
    int epochs = position.epoch() - 1;
    boolean impatient =
        plan.patience() > 0
            && lastSnapshot.best().isPresent()
            && epochs - lastSnapshot.best().get().epoch() >= plan.patience();
    return epochs >= plan.epochs() || impatient;
  }

  /** The best epoch, if it is the result. */
  private Optional<Best> validated() {
    return data.validation().isPresent() ? lastSnapshot.best() : Optional.empty();
  }

  private float[] result() {
    return validated().map(Best::parameters).orElse(lastSnapshot.result());
  }

  /** The last epoch is always tested; if it is the result, that need not be done again. */
  private List<Accuracy> finalTest() {
    return lastTest
        .filter(tested -> validated().isEmpty() && tested.state() == lastSnapshot.state())
        .map(Tested::recalls)
        .orElseGet(this::test);
  }

  /** Accuracy of the result on the images of each class. */
  private List<Accuracy> test() {
    devices.setParameters(result());
    return devices.test();
  }

  /** Finishes the epoch in which a position lies, unless the run is to stop within it. */
  private Position epoch(Position start) {
    Position end = trainEpoch(start);
    if (end.images() < data.train().count()) {
      checkpoint();
      return end;
    }
    int epoch = end.epoch();
    boolean tested = epoch % plan.testEvery() == 0 || epoch == plan.epochs();
    Optional<Score> validation = evaluate(tested);
    Optional<Accuracy> test =
        tested ? lastTest.map(last -> Accuracy.of(last.recalls())) : Optional.empty();
    seconds += epochTime.seconds();
    listener.epoch(
        new TrainingListener.Epoch(
            epoch,
            end.lossSum() / end.images(),
            (double) end.correct() / end.images(),
            validation,
            test,
            epochTime.seconds(),
            end.images() / epochTime.seconds()));
    epochTime.reset();
    Position next = end.nextEpoch();
    lastSnapshot = // before anything can fail, so that listeners get an epoch only once
        new Snapshot(
            next,
            lastSnapshot.state(),
            lastSnapshot.average(),
            seconds,
            0,
            test.or(lastSnapshot::test),
            best(epoch, validation, test));
    checkpoint();
    return next;
  }

  /**
   * Runs the validation images, and the test images if they are due, with the average of the
   * parameters if there is one; the training goes on with its own.
   */
  private Optional<Score> evaluate(boolean tested) {
    Optional<AverageSoFar> mean = lastSnapshot.average();
    boolean other = mean.isPresent() && (tested || data.validation().isPresent());
    if (other) {
      devices.setParameters(mean.get().parameters());
    }
    Optional<Score> validation = devices.validate();
    if (tested) {
      lastTest = Optional.of(new Tested(lastSnapshot.state(), devices.test()));
    }
    if (other) {
      devices.setParameters(lastSnapshot.state().parameters());
    }
    return validation;
  }

  /**
   * The best epoch by the validation images; without them by the test images, for checkpoints only.
   */
  private Optional<Best> best(int epoch, Optional<Score> validation, Optional<Accuracy> test) {
    Optional<Score> score =
        keeper.isPresent() ? validation.or(() -> test.map(t -> new Score(t, 0))) : validation;
    boolean better =
        score.isPresent()
            && lastSnapshot.best().map(b -> score.get().improvesOn(b.score())).orElse(true);
    return better
        ? Optional.of(new Best(epoch, score.get(), lastSnapshot.result()))
        : lastSnapshot.best();
  }

  private Position trainEpoch(Position start) {
    int all = data.train().count();
    Position position = start;
    epochTime.start();
    try (EpochSteps steps = devices.open(start.epoch(), order, start.images())) {
      waitWhilePaused(start); // a pause that was asked for in the last step of the epoch before
      boolean stopped = stop.getAsBoolean();
      while (position.images() < all && !stopped) {
        long before = position.step();
        position = after(position, steps.take(before, this::isDue, observer));
        addToAverage(before, position.step());
        show(position);
        if (position.images() < all) {
          between(position);
          waitWhilePaused(position);
          stopped |= stop.getAsBoolean();
        }
      }
      snapshot(position);
    } finally {
      epochTime.stop();
    }
    return position;
  }

  /** Adds the present parameters to their average, if it is time. */
  private void addToAverage(long before, long after) {
    if (average.due(before, after)) {
      average.add(devices::parameters, lastSnapshot.state().parameters().length);
    }
  }

  /** Whether something is to be done between two steps. */
  private boolean isDue(long step) {
    long now = clock.getAsLong();
    return average.due(step - 1, step)
        || isCheckpointDue(step, now)
        || isSyncDue(step, now)
        || stop.getAsBoolean()
        || pause.isPaused();
  }

  /** Takes a snapshot between two steps of an epoch, and stores it, if due. */
  private void between(Position position) {
    long now = clock.getAsLong();
    boolean keep = isCheckpointDue(position.step(), now);
    if (keep || isSyncDue(position.step(), now)) {
      snapshot(position);
    }
    if (keep) {
      checkpoint();
    }
  }

  /** Gives the observer the parameters, if it wants them. */
  private void show(Position position) {
    if (observer.wantsState()) {
      observer.state(position.step(), devices.parameters());
    }
  }

  /** Waits for the end of a pause, or for the stop; the time of it is not the epoch's. */
  private void waitWhilePaused(Position position) {
    if (!pause.isPaused() || stop.getAsBoolean()) {
      return;
    }
    epochTime.stop();
    snapshot(position);
    checkpoint();
    while (pause.holds(PAUSE_MILLISECONDS) && !stop.getAsBoolean()) {
      show(position);
    }
    epochTime.start();
  }

  private boolean isCheckpointDue(long step, long now) {
    return keeper.isPresent() && keeper.get().due(step, now);
  }

  private boolean isSyncDue(long step, long now) {
    return plan.sync().due(step - lastSnapshot.position().step(), now - synced);
  }

  /** Position after steps, each of which has to have a finite loss. */
  private Position after(Position before, List<TakenStep> steps) {
    Position position = before;
    for (TakenStep step : steps) {
      if (!Double.isFinite(step.outcome().lossSum())) {
        throw diverged("the loss is no longer finite", position.step() + 1, position.epoch());
      }
      position = after(position, step.images(), step.outcome(), step.learningRate());
    }
    return position;
  }

  /** Position after a step; listeners get each step once. */
  private Position after(Position before, int count, StepOutcome outcome, float learningRate) {
    Position after = before.afterStep(count, outcome.lossSum(), outcome.correct());
    if (after.step() > stepsReported) {
      stepsReported = after.step();
      listener.step(
          new TrainingListener.Step(
              after.step(),
              after.epoch(),
              count,
              outcome.lossSum() / count,
              (double) outcome.correct() / count,
              learningRate,
              progress(after)));
    }
    return after;
  }

  private TrainingListener.Progress progress(Position position) {
    int images = position.images();
    int all = data.train().count();
    double rate = images / epochTime.seconds();
    double left = (double) (plan.epochs() - position.epoch()) * all + all - images;
    return new TrainingListener.Progress(
        images,
        all,
        position.lossSum() / images,
        (double) position.correct() / images,
        rate,
        left / rate);
  }

  private void snapshot(Position position) {
    if (position.step() == lastSnapshot.position().step()) {
      return;
    }
    TrainingState state = devices.state();
    for (float parameter : state.parameters()) {
      if (!Float.isFinite(parameter)) {
        throw diverged("a parameter is no longer finite", position.step(), position.epoch());
      }
    }
    lastSnapshot =
        new Snapshot(
            position,
            state,
            average.soFar(),
            seconds,
            epochTime.seconds(),
            lastSnapshot.test(),
            lastSnapshot.best());
    synced = clock.getAsLong();
    devices.progressed();
  }

  /** Stores the last snapshot; a run stops if its checkpoint cannot be written. */
  private void checkpoint() {
    try {
      keeper.ifPresent(kept -> kept.keep(lastSnapshot, clock));
    } catch (ModelFileException e) {
      throw new TrainingFailedException(
          e.getMessage(), e, lastSnapshot.result(), lastSnapshot.position().step());
    }
  }

  private TrainingDivergedException diverged(String what, long step, int epoch) {
    return TrainingDivergedException.at(what, step, epoch, plan, devices.device(), lastSnapshot);
  }
}
