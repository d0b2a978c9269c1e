package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingContract;

class CpuScalarsTrainingTest extends TrainingContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.SCALARS);
  }
}
