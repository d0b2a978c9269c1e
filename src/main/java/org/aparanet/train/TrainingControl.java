package org.aparanet.train;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * What steers and watches a run from other threads.
 *
 * @param stop asked between steps whether the run is to end before its time
 * @param pause has the run wait between steps
 * @param observer looks at the parameters between steps
 */
public record TrainingControl(BooleanSupplier stop, Pause pause, StateObserver observer) {

  /**
   * Checks that nothing is missing.
   *
   * @param stop asked between steps whether the run is to end before its time
   * @param pause has the run wait between steps
   * @param observer looks at the parameters between steps
   */
  public TrainingControl {
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(pause, "pause");
    Objects.requireNonNull(observer, "observer");
  }

  /**
   * {@return control of a run that is only ever stopped}
   *
   * @param stop asked between steps whether the run is to end before its time
   */
  public static TrainingControl stoppedWhen(BooleanSupplier stop) {
    return new TrainingControl(stop, new Pause(), StateObserver.NONE);
  }
}
