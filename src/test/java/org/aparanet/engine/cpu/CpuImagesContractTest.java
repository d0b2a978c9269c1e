package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;

/** The contract, with an image in each lane, whatever the batch. */
class CpuImagesContractTest extends EngineContract {

  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.IMAGES);
  }
}
