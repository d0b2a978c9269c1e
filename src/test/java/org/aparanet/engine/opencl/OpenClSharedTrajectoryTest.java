package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

/** The reference trajectories, on a device that works on the Java arrays themselves. */
class OpenClSharedTrajectoryTest extends ReferenceTrajectory {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SHARED);
  }
}
