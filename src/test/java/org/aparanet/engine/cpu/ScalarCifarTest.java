package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.train.CifarTrajectory;

/** The Java engine in plain Java, which is the same for all widths of vectors: so apart. */
class ScalarCifarTest extends CifarTrajectory {
  @Override
  protected Engine engine() {
    return new CpuEngine(2, Arithmetic.SCALARS);
  }
}
