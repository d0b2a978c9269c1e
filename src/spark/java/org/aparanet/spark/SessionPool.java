package org.aparanet.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.select.Engines;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.StateObserver;
import org.aparanet.train.rounds.Round;
import org.aparanet.train.rounds.RoundResult;
import org.aparanet.train.rounds.ShareSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open sessions of an executor: as many as tasks run at a time. A session computes one round at
 * a time, and keeps the images of the shares that it has computed.
 */
final class SessionPool {
  private static final Logger LOGGER = LoggerFactory.getLogger(SessionPool.class);

  private final Function<String, Engines.Opened> opening;
  private final List<PooledSession> sessions = new ArrayList<>();
  private boolean closed;

  /**
   * @param opening a session on the device of a name
   */
  SessionPool(Function<String, Engines.Opened> opening) {
    this.opening = opening;
  }

  /** Puts the images of a share into a session. */
  @FunctionalInterface
  interface Loading {
    /**
     * Loads the images.
     *
     * @param others images of other shares that the session has already
     */
    ShareSession into(Session session, Optional<SessionTraining> others);
  }

  private static final class PooledSession {
    private final String device;
    private final Engines.Opened opened;
    private final Map<Integer, ShareSession> shares = new HashMap<>();
    private int last = -1;
    private boolean busy = true;

    PooledSession(String device, Engines.Opened opened) {
      this.device = device;
      this.opened = opened;
    }

    RoundResult run(int share, Loading loading, TrainingState start, Round round) {
      ShareSession own = shares.get(share);
      if (own == null) {
        Optional<SessionTraining> others =
            shares.values().stream().findFirst().map(ShareSession::training);
        own = loading.into(opened.session(), others);
        shares.put(share, own);
      }
      if (last != share) {
        own.setOptimizerAgain();
        last = share;
      }
      return own.run(start, share, round, StateObserver.NONE);
    }

    void close() {
      try (opened) {
        shares.values().forEach(ShareSession::close);
      }
    }
  }

  /**
   * Computes a round of a share, on a session that has its images if one is free.
   *
   * @param device on which it is to run
   * @throws EngineException if the device cannot be had, or fails; the session is closed then
   */
  ShareResult run(String device, int share, Loading loading, TrainingState start, Round round) {
    PooledSession session = take(device, share);
    boolean sound = false;
    try {
      RoundResult result = session.run(share, loading, start, round);
      sound = true;
      return new ShareResult(result, session.opened.session().device());
    } finally {
      giveBack(session, sound);
    }
  }

  private PooledSession take(String device, int share) {
    synchronized (this) {
      PooledSession best = null;
      for (PooledSession session : sessions) {
        if (!session.busy && session.device.equals(device)) {
          best = best == null || session.shares.containsKey(share) ? session : best;
        }
      }
      if (best != null) {
        best.busy = true;
        return best;
      }
    }
    PooledSession opened = new PooledSession(device, opening.apply(device));
    synchronized (this) {
      sessions.add(opened);
    }
    return opened;
  }

  private void giveBack(PooledSession session, boolean sound) {
    boolean kept;
    synchronized (this) {
      session.busy = false;
      kept = sound && !closed;
      if (!kept) {
        sessions.remove(session);
      }
    }
    if (!kept) {
      close(session);
    }
  }

  /** Closes the sessions; one that a task still uses, whose result nobody wants, after that. */
  synchronized void close() {
    closed = true;
    for (PooledSession session : List.copyOf(sessions)) {
      if (!session.busy) {
        sessions.remove(session);
        close(session);
      }
    }
  }

  private static void close(PooledSession session) {
    try {
      session.close();
    } catch (EngineException e) {
      LOGGER.warn("{}", e.getMessage()); // its device is of no use any more
    }
  }
}
