package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingContract;

class CpuImagesTrainingTest extends TrainingContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.IMAGES);
  }
}
