package org.aparanet.engine.cpu;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;
import org.aparanet.engine.FrozenContract;
import org.aparanet.engine.HeadRateTrajectory;
import org.aparanet.engine.ReferenceTrajectory;
import org.aparanet.engine.TrainingContract;
import org.aparanet.engine.TrainingTrajectory;
import org.junit.jupiter.api.Nested;

/** The Java engine with every dense layer for the whole batch at once. */
class CpuWholeBatchTest {
  private static Engine open() {
    return new CpuEngine(2, Arithmetic.WHOLE_BATCH);
  }

  @Nested
  class Contract extends EngineContract {
    @Override
    protected Engine engine() {
      return open();
    }
  }

  @Nested
  class Trajectories extends ReferenceTrajectory {
    @Override
    protected Engine engine() {
      return open();
    }
  }

  @Nested
  class Training extends TrainingContract {
    @Override
    protected Engine engine() {
      return open();
    }
  }

  @Nested
  class TrainingTrajectories extends TrainingTrajectory {
    @Override
    protected Engine engine() {
      return open();
    }
  }

  @Nested
  class HeadRate extends HeadRateTrajectory {
    @Override
    protected Engine engine() {
      return open();
    }
  }

  @Nested
  class FrozenLayers extends FrozenContract {
    @Override
    protected Engine engine() {
      return open();
    }
  }
}
