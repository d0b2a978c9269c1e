package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingContract;

/** The contract of training, on a device that has memory of its own. */
class OpenClSeparateTrainingTest extends TrainingContract {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SEPARATE);
  }
}
