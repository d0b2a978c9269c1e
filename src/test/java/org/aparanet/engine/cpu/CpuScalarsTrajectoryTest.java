package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

/** The reference trajectories, with plain Java. */
class CpuScalarsTrajectoryTest extends ReferenceTrajectory {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.SCALARS);
  }
}
