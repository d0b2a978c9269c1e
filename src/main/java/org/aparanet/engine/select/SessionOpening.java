package org.aparanet.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;

/** Opening of the sessions of a training on several devices, one after the other. */
final class SessionOpening {
  private final MemoryCheck check;
  private final int batch;
  private final Function<Engine, Engines.Opened> opening;

  /**
   * @param check of the memory for all of them
   * @param batch the most images of a call
   * @param opening of one session
   */
  SessionOpening(MemoryCheck check, int batch, Function<Engine, Engines.Opened> opening) {
    this.check = check;
    this.batch = batch;
    this.opening = opening;
  }

  /**
   * Opens a session of each engine, in their order.
   *
   * @throws EngineException if that is not possible, with the device; nothing is left open then
   */
  List<Engines.Opened> all(List<Engine> engines) {
    check.requireTogether(engines, batch);
    List<Engines.Opened> opened = new ArrayList<>();
    try {
      engines.forEach(engine -> opened.add(open(engine)));
    } catch (RuntimeException | Error e) {
      opened.forEach(Engines.Opened::close);
      throw e;
    }
    return opened;
  }

  /**
   * Opens a session of each engine that allows it beside those before it.
   *
   * @param notices get a sentence for each of the others
   * @throws EngineException if the last one could not be opened either
   */
  List<Engines.Opened> possible(List<Engine> engines, List<String> notices) {
    List<Engine> used = new ArrayList<>();
    List<Engines.Opened> opened = new ArrayList<>();
    try {
      for (Engine engine : engines) {
        used.add(engine);
        try {
          check.requireTogether(used, batch);
          opened.add(open(engine));
        } catch (EngineException e) {
          used.remove(used.size() - 1);
          if (opened.isEmpty() && engine == engines.get(engines.size() - 1)) {
            throw e;
          }
          notices.add(e.getMessage() + "; " + engine.device().id() + " is left out");
        }
      }
    } catch (RuntimeException | Error e) {
      opened.forEach(Engines.Opened::close);
      throw e;
    }
    return opened;
  }

  /** Opens a session; a failure says on which device. */
  private Engines.Opened open(Engine engine) {
    try {
      return opening.apply(engine);
    } catch (EngineException e) {
      throw e.getMessage().contains(engine.device().id())
          ? e
          : new EngineException(engine.device() + ": " + e.getMessage(), e);
    }
  }
}
