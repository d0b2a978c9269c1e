package org.aparanet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;

/** Device of a run, and its replacement when it fails. */
final class DeviceFailover {

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

  /** The current device with its images. */
  DeviceImages current() {
    return current;
  }

  /** The current session. */
  Session session() {
    return current.session();
  }

  /** Devices whose work is part of the result, the current one last. */
  List<Device> used() {
    List<Device> all = new ArrayList<>(earlier);
    all.add(session().device());
    return List.copyOf(all);
  }

  /** Resets the count of lost states, after a snapshot. */
  void progressed() {
    losses = 0;
  }

  /**
   * Handles a lost state; afterwards the last snapshot can be restored.
   *
   * @throws TrainingFailedException if it was lost too often, and there is no other device
   */
  void recover(StateLostException cause, Snapshot lastSnapshot) {
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

  /**
   * Replaces a device that failed in the middle of a run.
   *
   * @throws TrainingFailedException if there is none
   */
  void replace(EngineException cause, Snapshot lastSnapshot) {
    Device failed = session().device();
    long step = lastSnapshot.position().step();
    try {
      fallBack(cause, step);
    } catch (EngineException e) {
      throw new TrainingFailedException(e.getMessage(), e, lastSnapshot.state().parameters(), step);
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
}
