package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, on a device that works on the Java arrays themselves. */
class OpenClSharedMemoryTest extends EngineContract {
  @Override
  protected Engine engine() {
    return OpenClTestDevice.engine(HostMemory.SHARED);
  }
}
