package org.aparanet.train;

import java.util.Objects;

/**
 * Rounds of a run on several devices: in each of them every share of the batches is trained on its
 * own for some steps, from the same state, and the states are averaged then. Rounds begin anew with
 * each epoch, whose last one may have fewer steps.
 *
 * @param shares of every batch
 * @param steps from one averaging to the next, 1 to {@link #MAXIMUM_STEPS}
 * @param sharded whether a share always has its images from the same part of the set: {@link
 *     ShardedOrder}
 */
public record Rounds(Shares shares, int steps, boolean sharded) {

  /** One device, whose steps are not averaged with any. */
  public static final Rounds NONE = new Rounds(Shares.ONE, 1, false);

  /** Most steps of a round. */
  public static final int MAXIMUM_STEPS = 1_000_000;

  /**
   * Checks the values.
   *
   * @param shares of every batch
   * @param steps from one averaging to the next, 1 to {@link #MAXIMUM_STEPS}
   * @param sharded whether a share always has its images from the same part of the set
   * @throws IllegalArgumentException if the number of steps is out of its range
   */
  public Rounds {
    Objects.requireNonNull(shares, "shares");
    if (steps < 1 || steps > MAXIMUM_STEPS) {
      throw new IllegalArgumentException(
          "rounds of " + steps + " steps; allowed are 1 to " + MAXIMUM_STEPS);
    }
  }

  /**
   * Rounds whose shares take their images from the whole set.
   *
   * @param shares of every batch
   * @param steps from one averaging to the next, 1 to {@link #MAXIMUM_STEPS}
   */
  public Rounds(Shares shares, int steps) {
    this(shares, steps, false);
  }

  /** {@return whether there are several shares} */
  public boolean areDivided() {
    return shares.count() > 1;
  }
}
