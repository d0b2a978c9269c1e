package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.TrainingContract;

/** The contract of training, on a device that works on the Java arrays themselves. */
class OpenClSharedTrainingTest extends TrainingContract {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SHARED);
  }
}
