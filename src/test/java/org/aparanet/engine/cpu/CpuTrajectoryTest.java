package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

class CpuTrajectoryTest extends ReferenceTrajectory {

  @Override
  protected Engine engine() {
    return new CpuEngine(2);
  }
}
