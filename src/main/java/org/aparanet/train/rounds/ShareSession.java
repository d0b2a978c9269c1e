package org.aparanet.train.rounds;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.SessionSteps;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.Shares;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TakenStep;
import org.aparanet.train.TrainingPlan;

/**
 * A session that computes rounds of shares, for one thread at a time. Its result depends on the
 * arguments of {@link #run} alone, not on what was computed before: only what prepares images is
 * kept from one round to the next.
 */
public final class ShareSession implements AutoCloseable {

  /** Order of the images that a share has in an epoch. */
  @FunctionalInterface
  public interface ShareOrder {
    /**
     * {@return the order of the share's images in the epoch}
     *
     * @param share its number, from 0
     * @param epoch its number, from 1
     */
    int[] of(int share, int epoch);
  }

  /** Steps of an epoch that are under way. */
  private record Begun(int share, int epoch, SessionSteps steps) {}

  private final SessionTraining training;
  private final TrainingPlan plan;
  private final ShareOrder order;
  private final List<Begun> begun = new ArrayList<>();
  private int optimized = -1; // share of the seed that the session has

  /**
   * Shares on one session.
   *
   * @param training session with the images
   * @param plan how to train
   * @param order of a share's images in an epoch
   */
  public ShareSession(SessionTraining training, TrainingPlan plan, ShareOrder order) {
    this.training = training;
    this.plan = plan;
    this.order = order;
  }

  /** Has the next round set the optimizer anew, after others have used the session. */
  public void setOptimizerAgain() {
    optimized = -1;
  }

  /** {@return the session with the images} */
  public SessionTraining training() {
    return training;
  }

  /** {@return the session} */
  public Session session() {
    return training.session();
  }

  /**
   * Computes a round of a share.
   *
   * @param start state before the round; not changed
   * @param share its number, from 0
   * @param round which steps of which epoch
   * @param observer of a step's profile
   * @return the state after it, and the outcomes of its steps
   * @throws org.aparanet.engine.EngineException if the device fails
   */
  public RoundResult run(TrainingState start, int share, Round round, StateObserver observer) {
    if (optimized != share) {
      session().optimize(plan.scaledOptimizer(), Shares.seed(plan.seed(), share));
      optimized = share;
    }
    List<TakenStep> taken = new ArrayList<>();
    SessionSteps steps = steps(share, round);
    boolean finished = false;
    try {
      if (steps.left() == 0) {
        finished = true;
        return new RoundResult(share, start, taken);
      }
      session().restore(start);
      RoundResult result = run(steps, share, round, taken, observer);
      finished = result.isFinite();
      return result;
    } finally {
      if (!finished || steps.left() == 0) {
        close(share);
      }
    }
  }

  private RoundResult run(
      SessionSteps steps, int share, Round round, List<TakenStep> taken, StateObserver observer) {
    int end = round.firstStep() + round.steps();
    while (steps.left() > 0 && steps.taken() < end) {
      List<TakenStep> next =
          steps.take(round.stepsBefore() + taken.size(), before -> steps.taken() >= end, observer);
      taken.addAll(next);
      if (!Double.isFinite(next.get(next.size() - 1).outcome().lossSum())) {
        break;
      }
    }
    return new RoundResult(share, session().state(), taken);
  }

  /** Steps of a share from a round on: those that are under way, or begun anew. */
  private SessionSteps steps(int share, Round round) {
    for (Begun known : begun) {
      if (known.share() == share
          && known.epoch() == round.epoch()
          && known.steps().taken() == round.firstStep()) {
        return known.steps();
      }
    }
    close(share);
    int[] images = order.of(share, round.epoch());
    int batch = plan.rounds().shares().size(share, plan.batch());
    int from = (int) Math.min(images.length, (long) round.firstStep() * batch);
    SessionSteps steps = training.open(round.epoch(), images, batch, from);
    begun.add(new Begun(share, round.epoch(), steps));
    return steps;
  }

  private void close(int share) {
    begun.removeIf(
        known -> {
          if (known.share() == share) {
            known.steps().close();
          }
          return known.share() == share;
        });
  }

  /** Ends what prepares images; the session stays open. */
  @Override
  public void close() {
    begun.forEach(known -> known.steps().close());
    begun.clear();
  }
}
