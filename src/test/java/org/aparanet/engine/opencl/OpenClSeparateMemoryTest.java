package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, on a device that has memory of its own. */
class OpenClSeparateMemoryTest extends EngineContract {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SEPARATE);
  }
}
