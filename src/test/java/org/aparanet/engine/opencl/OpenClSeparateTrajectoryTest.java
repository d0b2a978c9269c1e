package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

/** The reference trajectories, on a device that has memory of its own. */
class OpenClSeparateTrajectoryTest extends ReferenceTrajectory {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SEPARATE);
  }
}
