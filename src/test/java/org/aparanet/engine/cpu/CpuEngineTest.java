package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

class CpuEngineTest extends EngineContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2);
  }
}
