package org.aparanet.engine.opencl;

import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.opencl.kernel.DeviceState;

/** Counter of a session's executes, passes and bytes in training steps. */
final class TrafficCounter implements DeviceState.Transfers {
  private long buildNanos;
  private long stepStart;
  private long firstStepNanos;
  private long steps;
  private long executes;
  private long passes;
  private long up;
  private long down;

  // of the step that has begun; added to the sums at its end
  private long stepExecutes;
  private long stepPasses;
  private long stepUp;
  private long stepDown;

  void built(long nanos) {
    buildNanos = nanos;
  }

  void beginStep() {
    stepExecutes = 0;
    stepPasses = 0;
    stepUp = 0;
    stepDown = 0;
    stepStart = System.nanoTime();
  }

  void endStep() {
    if (steps == 0) {
      firstStepNanos = System.nanoTime() - stepStart;
    }
    steps++;
    executes += stepExecutes;
    passes += stepPasses;
    up += stepUp;
    down += stepDown;
    stepDown = 0;
  }

  /** Counts the bytes that were read back since the last step's end with the steps before. */
  void endOutcomes() {
    down += stepDown;
    stepDown = 0;
  }

  void execute(int count) {
    stepExecutes++;
    stepPasses += count;
  }

  @Override
  public void up(long bytes) {
    stepUp += bytes;
  }

  @Override
  public void down(long bytes) {
    stepDown += bytes;
  }

  DeviceTraffic read() {
    return new DeviceTraffic(
        buildNanos / 1e9, firstStepNanos / 1e9, steps, executes, passes, up, down);
  }
}
