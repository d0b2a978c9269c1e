package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;

/** Where a run is carried out: on one device, or after its failure on another. */
final class Sites {

  /** How often the device may lose its state before the next snapshot is reached. */
  private static final int MAXIMUM_LOSSES = 3;

  private final TrainingData data;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final long start;
  private final List<Device> devices = new ArrayList<>(); // before the current one

  private Optional<Supplier<Session>> fallback;
  private Site site;
  private int losses; // since the last snapshot

  /**
   * Loads the images.
   *
   * @param fallback asked once, for a session on another device
   * @param start number of steps taken before
   * @throws EngineException if neither session can take the images
   */
  Sites(
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
      site = Site.open(session, data, plan);
    } catch (EngineException e) {
      fallBack(e, start);
    }
  }

  /** The one of now. */
  Site now() {
    return site;
  }

  /** The session of now. */
  Session session() {
    return site.session();
  }

  /** Devices that had a part in the run's result, the current one last. */
  List<Device> devices() {
    List<Device> all = new ArrayList<>(devices);
    all.add(session().device());
    return List.copyOf(all);
  }

  /** A snapshot was taken: earlier losses are forgiven. */
  void progressed() {
    losses = 0;
  }

  /**
   * The device lost its state; afterwards the snapshot can be restored.
   *
   * @throws TrainingFailedException if it does so again and again, and there is no other device
   */
  void recover(StateLostException cause, Snapshot good) {
    losses++;
    long step = good.position().step();
    if (losses <= MAXIMUM_LOSSES) {
      listener.restored(cause, step);
      return;
    }
    String told =
        session().device() + " lost the network's state " + losses + " times after step " + step;
    replace(new EngineException(told, cause), good);
  }

  /**
   * Puts another device in the place of one that failed in the middle of a run.
   *
   * @throws TrainingFailedException if there is none
   */
  void replace(EngineException cause, Snapshot good) {
    Device failed = session().device();
    long step = good.position().step();
    try {
      fallBack(cause, step);
    } catch (EngineException e) {
      throw new TrainingFailedException(e.getMessage(), e, good.state().parameters(), step);
    }
    if (step > start) {
      devices.add(failed);
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
      site = Site.open(other.get(), data, plan);
    } catch (EngineException e) {
      throw new EngineException(
          cause.getMessage() + "; and nothing can take its place: " + e.getMessage(), cause);
    }
    listener.fellBack(cause, session().device(), step);
  }
}
