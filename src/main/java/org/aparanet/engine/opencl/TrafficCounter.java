package org.aparanet.engine.opencl;

import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.opencl.kernel.DeviceState;

/** Counts what a session asks of its device; what belongs to no training step does not count. */
final class TrafficCounter implements DeviceState.Transfers {
  private long buildNanos;
  private long stepStart;
  private long firstStepNanos;
  private long steps;
  private long executes;
  private long passes;
  private long up;
  private long down;

  // of the step that has begun; it counts when it has ended well
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

  /** What was asked of the device since the last step ended counts as that of the steps before. */
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
