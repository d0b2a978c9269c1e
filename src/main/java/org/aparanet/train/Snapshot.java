package org.aparanet.train;

import java.util.Optional;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.evaluate.Accuracy;

/**
 * State from which a run can continue, on this device or another, in this process or the next.
 *
 * @param position in the run
 * @param state of the session; finite parameters
 * @param average of the parameters so far, where there is to be one and a state was added
 * @param seconds time of the epochs before the current one, without tests
 * @param epochSeconds time of the current epoch so far
 * @param test of the last epoch that was tested
 * @param best the best epoch so far, where that is kept
 */
public record Snapshot(
    Position position,
    TrainingState state,
    Optional<AverageSoFar> average,
    double seconds,
    double epochSeconds,
    Optional<Accuracy> test,
    Optional<Best> best) {

  static Snapshot start(TrainingState state) {
    return new Snapshot(
        Position.START, state, Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
  }

  /** {@return the parameters that count: the average, or before there is one those of the state} */
  public float[] result() {
    return average.map(AverageSoFar::parameters).orElse(state.parameters());
  }
}
