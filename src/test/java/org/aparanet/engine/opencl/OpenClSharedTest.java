package org.aparanet.engine.opencl;

import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineContract;
import org.aparanet.engine.FrozenContract;
import org.aparanet.engine.HeadRateTrajectory;
import org.aparanet.engine.ReferenceTrajectory;
import org.aparanet.engine.TrainingContract;
import org.aparanet.engine.TrainingTrajectory;
import org.aparanet.train.CifarTrajectory;
import org.junit.jupiter.api.Nested;

/** What every engine must do, on a device that works on the Java arrays themselves. */
class OpenClSharedTest {
  private static Engine shared() {
    return OpenClTestDevice.engine(HostMemory.SHARED);
  }

  @Nested
  class Layers extends EngineContract {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class Training extends TrainingContract {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class Trajectory extends ReferenceTrajectory {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class LongTrajectory extends TrainingTrajectory {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class HeadRate extends HeadRateTrajectory {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class Cifar extends CifarTrajectory {
    @Override
    protected Engine engine() {
      return shared();
    }
  }

  @Nested
  class FrozenLayers extends FrozenContract {
    @Override
    protected Engine engine() {
      return shared();
    }
  }
}
