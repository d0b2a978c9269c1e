package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingTrajectory;

class CpuImagesTrainingTrajectoryTest extends TrainingTrajectory {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.IMAGES);
  }
}
