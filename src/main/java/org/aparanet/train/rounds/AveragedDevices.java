package org.aparanet.train.rounds;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.aparanet.data.ImageOrder;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.EpochSteps;
import org.aparanet.train.RunDevices;
import org.aparanet.train.Snapshot;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TakenStep;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingPlan;

/**
 * Devices that train together in rounds, wherever they are. Between two rounds the state is on the
 * host. A device that fails is replaced within a round, as long as there is another one.
 */
public abstract class AveragedDevices implements RunDevices {
  private final TrainingPlan plan;
  private TrainingState state;

  /**
   * Devices for a plan.
   *
   * @param plan how to train, with the shares
   */
  protected AveragedDevices(TrainingPlan plan) {
    this.plan = plan;
  }

  /**
   * What all shares have made of a round.
   *
   * @param results in the order of the shares
   * @param sum of all states, asked for only if every loss is finite
   */
  public record Computed(List<RoundResult> results, Supplier<StateSum> sum) {}

  /**
   * Computes a round of all shares from the present state.
   *
   * @param round which steps of which epoch
   * @param observer of a step's profile
   * @return what came of it
   * @throws EngineException if a device fails, and none takes its place
   */
  protected abstract Computed compute(Round round, StateObserver observer);

  @Override
  public final void restore(TrainingState start) {
    state = start;
  }

  @Override
  public final TrainingState state() {
    return state;
  }

  @Override
  public final float[] parameters() {
    return state.parameters().clone();
  }

  @Override
  public final void parameters(float[] values) {
    System.arraycopy(state.parameters(), 0, values, 0, state.parameters().length);
  }

  @Override
  public final void setParameters(float[] parameters) {
    state =
        new TrainingState(
            parameters.clone(), state.firstMoments(), state.secondMoments(), state.steps());
  }

  @Override
  public EpochSteps open(int epoch, ImageOrder order, int from) {
    return new Epoch(epoch, plan.stepsPerEpoch(order.count()), from / plan.batch());
  }

  /** Rounds of an epoch. */
  private final class Epoch implements EpochSteps {
    private final int epoch;
    private final long steps;
    private int taken; // of them

    Epoch(int epoch, long steps, int taken) {
      this.epoch = epoch;
      this.steps = steps;
      this.taken = taken;
    }

    @Override
    public List<TakenStep> take(long before, LongPredicate due, StateObserver observer) {
      int each = plan.rounds().steps();
      long end = Math.min((taken / each + 1L) * each, steps);
      Computed made = compute(new Round(epoch, taken, (int) (end - taken), before), observer);
      List<TakenStep> whole = RoundSteps.of(made.results());
      if (made.results().stream().allMatch(RoundResult::isFinite)) {
        state = made.sum().get().mean(before + whole.size());
      }
      taken += whole.size();
      return whole;
    }

    @Override
    public void close() {}
  }

  @Override
  public final void progressed() {}

  @Override
  public final void recover(StateLostException cause, Snapshot lastSnapshot) {
    replace(cause, lastSnapshot);
  }

  /** There is none: only the failure of the last device gets here. */
  @Override
  public final void replace(EngineException cause, Snapshot lastSnapshot) {
    throw new TrainingFailedException(
        cause.getMessage(), cause, lastSnapshot.result(), lastSnapshot.position().step());
  }
}
