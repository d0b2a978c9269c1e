package org.aparanet.train.rounds;

import java.io.Serializable;
import java.util.List;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.TakenStep;

/**
 * What a round has made of one share.
 *
 * @param share its number, from 0
 * @param state after the round
 * @param steps that were taken: fewer than the round has if the share has no image of the epoch's
 *     last batch, or if the last of these has a loss that is not finite
 * @serial exclude
 */
public record RoundResult(int share, TrainingState state, List<TakenStep> steps)
    implements Serializable {

  /** {@return the images of all steps, by which the state counts} */
  public long images() {
    return steps.stream().mapToLong(TakenStep::images).sum();
  }

  /** {@return whether every loss is finite} */
  boolean isFinite() {
    return steps.stream().allMatch(step -> Double.isFinite(step.outcome().lossSum()));
  }
}
