package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingTrajectory;

class OpenClSharedTrainingTrajectoryTest extends TrainingTrajectory {

  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SHARED);
  }
}
