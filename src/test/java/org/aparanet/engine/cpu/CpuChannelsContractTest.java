package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, with channels of one image in the lanes, whatever the batch. */
class CpuChannelsContractTest extends EngineContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.CHANNELS);
  }
}
