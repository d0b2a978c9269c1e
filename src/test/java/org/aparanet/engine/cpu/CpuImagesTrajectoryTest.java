package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.ReferenceTrajectory;

/** The reference trajectories, with an image in each lane, whatever the batch. */
class CpuImagesTrajectoryTest extends ReferenceTrajectory {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.IMAGES);
  }
}
