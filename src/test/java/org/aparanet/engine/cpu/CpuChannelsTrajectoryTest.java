package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

/** The reference trajectories, with channels of one image in the lanes, whatever the batch. */
class CpuChannelsTrajectoryTest extends ReferenceTrajectory {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.CHANNELS);
  }
}
