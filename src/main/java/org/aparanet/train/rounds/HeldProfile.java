package org.aparanet.train.rounds;

import org.aparanet.engine.Device;
import org.aparanet.engine.StepProfile;
import org.aparanet.train.StateObserver;

/**
 * Profile of one step that a device's thread has taken apart, for an observer that is told by the
 * thread that trains.
 */
final class HeldProfile implements StateObserver {
  private boolean wanted;
  private long step;
  private Device device;
  private StepProfile profile; // null until there is one

  HeldProfile(boolean wanted) {
    this.wanted = wanted;
  }

  @Override
  public boolean wantsState() {
    return false;
  }

  @Override
  public void state(long step, float[] parameters) {}

  @Override
  public boolean wantsProfile() {
    return wanted;
  }

  @Override
  public void profile(long step, Device device, StepProfile profile) {
    wanted = false;
    this.step = step;
    this.device = device;
    this.profile = profile;
  }

  void tell(StateObserver observer) {
    if (profile != null) {
      observer.profile(step, device, profile);
    }
  }
}
