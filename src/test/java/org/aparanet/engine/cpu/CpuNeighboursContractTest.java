package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, with neighbours of one image in the lanes, whatever the batch. */
class CpuNeighboursContractTest extends EngineContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.NEIGHBOURS);
  }
}
