package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.data.ImageOrder;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Score;

/** The one device of a run, and its replacement when it fails. */
final class DeviceFailover implements RunDevices {

  /** Number of times that the device may lose its state before the next snapshot. */
  private static final int MAXIMUM_LOSSES = 3;

  private final TrainingData data;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final long start;
  private final List<Device> earlier = new ArrayList<>(); // their work is part of the result

  private Optional<Supplier<Session>> fallback;
  private DeviceImages current;
  private int losses; // since the last snapshot

  /**
   * Loads the images.
   *
   * @param fallback called once, for a session on another device
   * @param start number of steps taken before
   * @throws EngineException if neither session can take the images
   */
  DeviceFailover(
      Session session,
      Optional<Supplier<Session>> fallback,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      long start) {
    this.fallback = fallback;
    this.data = data;
    this.plan = plan;
    this.listener = listener;
    this.start = start;
    try {
      current = DeviceImages.open(session, data, plan);
    } catch (EngineException e) {
      fallBack(e, start);
    }
  }

  private Session session() {
    return current.session();
  }

  @Override
  public Device device() {
    return session().device();
  }

  @Override
  public List<Device> used() {
    List<Device> all = new ArrayList<>(earlier);
    all.add(session().device());
    return List.copyOf(all);
  }

  @Override
  public void restore(TrainingState state) {
    session().restore(state);
  }

  @Override
  public TrainingState state() {
    return session().state();
  }

  @Override
  public float[] parameters() {
    return session().parameters();
  }

  @Override
  public void parameters(float[] values) {
    session().parameters(values);
  }

  @Override
  public void setParameters(float[] parameters) {
    session().setParameters(parameters);
  }

  @Override
  public Optional<Score> validate() {
    return current.validation().map(Evaluation::score);
  }

  @Override
  public List<Accuracy> test() {
    return current.test().byClass();
  }

  @Override
  public EpochSteps open(int epoch, ImageOrder order, int from) {
    return current.training().open(epoch, order.order(epoch), plan.batch(), from);
  }

  @Override
  public void progressed() {
    losses = 0;
  }

  @Override
  public void recover(StateLostException cause, Snapshot lastSnapshot) {
    losses++;
    long step = lastSnapshot.position().step();
    if (losses <= MAXIMUM_LOSSES) {
      listener.restored(cause, step);
      return;
    }
    String told =
        session().device() + " lost the network's state " + losses + " times after step " + step;
    replace(new EngineException(told, cause), lastSnapshot);
  }

  @Override
  public void replace(EngineException cause, Snapshot lastSnapshot) {
    Device failed = session().device();
    long step = lastSnapshot.position().step();
    try {
      fallBack(cause, step);
    } catch (EngineException e) {
      throw new TrainingFailedException(e.getMessage(), e, lastSnapshot.result(), step);
    }
    if (step > start) {
      earlier.add(failed);
    }
    losses = 0;
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
      current = DeviceImages.open(other.get(), data, plan);
    } catch (EngineException e) {
      throw new EngineException(
          cause.getMessage() + "; and nothing can take its place: " + e.getMessage(), cause);
    }
    listener.fellBack(cause, session().device(), step);
  }

  /** The session is closed by whoever opened it. */
  @Override
  public void close() {}
}
