package org.aparanet.train;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Average of a run's parameters while it goes on. It adds in place; only after it was given out, as
 * part of a snapshot, the next addition goes to a new array.
 */
final class RunningAverage {
  private final ParameterAverage rule;
  private final LearningRateSchedule.Run run;
  private float[] average = {};
  private float[] read = {}; // of the device, again and again
  private long states;
  private boolean given; // the array, which stays as it is then

  /**
   * @param rule how the states are averaged
   * @param run how long it is
   */
  RunningAverage(ParameterAverage rule, LearningRateSchedule.Run run) {
    this.rule = rule;
    this.run = run;
  }

  /** Goes back to an average, or to the beginning. */
  void restore(Optional<AverageSoFar> kept) {
    average = kept.map(AverageSoFar::parameters).orElse(new float[0]);
    states = kept.map(AverageSoFar::states).orElse(0L);
    given = true;
  }

  /** Whether the state after some steps is to be added: {@link ParameterAverage#due}. */
  boolean due(long before, long after) {
    return rule.due(before, after, run);
  }

  /**
   * Adds a state.
   *
   * @param parameters copies that many of them into an array
   * @param count how many there are
   */
  void add(Consumer<float[]> parameters, int count) {
    if (read.length != count) {
      read = new float[count];
    }
    parameters.accept(read);
    float[] old = states == 0 ? read : average;
    float[] sum = given || average.length != count ? new float[count] : average;
    double weight = rule.weight(states);
    for (int i = 0; i < count; i++) {
      sum[i] = (float) (old[i] + weight * ((double) read[i] - old[i]));
    }
    average = sum;
    given = false;
    states++;
  }

  /** The average so far, which later additions leave alone; nothing before the first one. */
  Optional<AverageSoFar> soFar() {
    given = true;
    return states == 0 ? Optional.empty() : Optional.of(new AverageSoFar(average, states));
  }
}
