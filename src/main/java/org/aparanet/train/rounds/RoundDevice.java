package org.aparanet.train.rounds;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Score;

/** One of several devices of a run: its session, and the thread that alone uses it. */
final class RoundDevice implements AutoCloseable {
  private final Session session;
  private final TrainingData data;
  private final TrainingPlan plan;
  private final ShareSession.ShareOrder order;
  private final ExecutorService thread;
  private ShareSession shares;
  private Evaluation validation; // loaded when first asked for, like the next one
  private Evaluation test;
  private boolean worked;
  private int losses;

  /**
   * @param session stays open in the end
   */
  RoundDevice(
      Session session,
      TrainingData data,
      TrainingPlan plan,
      ShareSession.ShareOrder order,
      int number) {
    this.session = session;
    this.data = data;
    this.plan = plan;
    this.order = order;
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "aparanet-device-" + (number + 1));
              made.setDaemon(true);
              return made;
            });
  }

  Device device() {
    return session.device();
  }

  /** Whether its work is a part of the result. */
  boolean hasWorked() {
    return worked;
  }

  /** Counts a state that the device has lost; the times since its last round that was good. */
  int lost() {
    return ++losses;
  }

  /** Loads the training images; the result is nothing. */
  Future<Void> load() {
    return submit(
        () -> {
          try {
            SessionTraining training = new SessionTraining(session, data.train(), plan);
            shares = new ShareSession(training, plan, order);
          } catch (StateLostException e) {
            throw new EngineException(e.getMessage(), e); // there is no state yet to go back to
          }
          return null;
        });
  }

  /** Computes a round of several shares, one after the other. */
  Future<List<RoundResult>> run(
      TrainingState start, List<Integer> numbers, Round round, StateObserver observer) {
    return submit(
        () -> numbers.stream().map(share -> shares.run(start, share, round, observer)).toList());
  }

  /** Remembers that a round was good. */
  void succeeded() {
    worked = true;
    losses = 0;
  }

  Future<Optional<Score>> validate(float[] parameters) {
    return submit(
        () -> {
          if (data.validation().isEmpty()) {
            return Optional.empty();
          }
          if (validation == null) {
            validation = new Evaluation(session, data.validation().get());
          }
          session.setParameters(parameters);
          return Optional.of(validation.score());
        });
  }

  Future<List<Accuracy>> test(float[] parameters) {
    return submit(
        () -> {
          if (test == null) {
            test = new Evaluation(session, data.test());
          }
          session.setParameters(parameters);
          return test.byClass();
        });
  }

  private <T> Future<T> submit(Callable<T> task) {
    return thread.submit(task);
  }

  /**
   * Waits for what the thread does, whatever else happens: nobody else may use the session before.
   *
   * @throws RuntimeException what ended it
   */
  static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // tasks throw none that is checked
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the thread, which has nothing to do any more. */
  @Override
  public void close() {
    if (shares != null) {
      shares.close();
    }
    thread.shutdown();
  }
}
