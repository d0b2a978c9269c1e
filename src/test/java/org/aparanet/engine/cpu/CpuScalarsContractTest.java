package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, with plain Java. */
class CpuScalarsContractTest extends EngineContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.SCALARS);
  }
}
