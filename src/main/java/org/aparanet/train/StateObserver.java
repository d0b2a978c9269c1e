package org.aparanet.train;

import org.aparanet.engine.Device;
import org.aparanet.engine.StepProfile;

/**
 * Looks at the parameters, and at the time of a step, while a run goes on; the run's result is the
 * same with it and without. It is asked and told between steps, on the thread that trains, so it
 * answers at once and leaves work to other threads.
 */
public interface StateObserver {
  /** Observer that wants nothing. */
  StateObserver NONE =
      new StateObserver() {
        @Override
        public boolean wantsState() {
          return false;
        }

        @Override
        public void state(long step, float[] parameters) {}
      };

  /** {@return whether it wants the parameters as they are now; asked after steps} */
  boolean wantsState();

  /**
   * Told after {@link #wantsState} said so.
   *
   * @param step steps taken in the run
   * @param parameters after that step, running statistics included; a copy, not to be changed by
   *     the run
   */
  void state(long step, float[] parameters);

  /**
   * {@return whether the coming step is to be taken apart; asked before steps whose loss the host
   * computes}
   */
  default boolean wantsProfile() {
    return false;
  }

  /**
   * Told after {@link #wantsProfile} said so.
   *
   * @param step number of the step that was taken apart, from 1
   * @param device on which it was taken
   * @param profile where its time went
   */
  default void profile(long step, Device device, StepProfile profile) {}
}
