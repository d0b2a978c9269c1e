package org.aparanet.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.engine.Device;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;

/** The open sessions of a training, one for each of its devices. */
public final class OpenedDevices implements AutoCloseable {
  private final List<Engines.Opened> opened;
  private final List<String> notices;

  /**
   * @param opened at least one
   */
  OpenedDevices(List<Engines.Opened> opened, List<String> notices) {
    this.opened = new ArrayList<>(opened);
    this.notices = List.copyOf(notices);
  }

  /** {@return the sessions in the order of their devices: after a fallback, the new one} */
  public List<Session> sessions() {
    return opened.stream().map(Engines.Opened::session).toList();
  }

  /** {@return the devices of the sessions} */
  public List<Device> devices() {
    return sessions().stream().map(Session::device).toList();
  }

  /** {@return the memory of all sessions together, where their engines know it} */
  public Optional<TrainingMemory> memory() {
    List<TrainingMemory> each = opened.stream().flatMap(one -> one.memory().stream()).toList();
    return each.size() < opened.size()
        ? Optional.empty()
        : Optional.of(TrainingMemory.sum(each, TrainingMemory.heap()));
  }

  /** {@return the sentences for the user, such as why a GPU was not used} */
  public List<String> notices() {
    return notices;
  }

  /**
   * {@return what opens a session on the Java engine in the place of the only one, whose device
   * failed; empty where the device was asked for, or others can take its place}
   */
  public Optional<Supplier<Session>> fallback() {
    return opened.size() == 1 && opened.get(0).canFallBack()
        ? Optional.of(opened.get(0)::fallBack)
        : Optional.empty();
  }

  /**
   * Closes a session, which is not the only one.
   *
   * @param session that is not wanted any more
   */
  public void leaveOut(Session session) {
    opened.removeIf(one -> one.session() == session);
    session.close();
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    for (Engines.Opened one : opened) {
      try {
        one.close();
      } catch (RuntimeException e) { // the others are to be closed all the same
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
