package org.aparanet.cli.option;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.aparanet.data.DataSets;
import org.aparanet.engine.opencl.kernel.KernelSources;
import org.aparanet.model.NamedNetwork;
import org.aparanet.train.ClassWeights;
import org.aparanet.train.OptimizerNames;
import org.aparanet.train.Preset;

/**
 * Words that a shell can complete, not all that is allowed. They are looked up on demand, since
 * every command line makes these objects.
 */
public abstract class Candidates implements Iterable<String> {
  /** Arguments of the command completion. */
  public static final List<String> SHELLS = List.of("bash", "zsh");

  private final Supplier<List<String>> words;

  private Candidates(Supplier<List<String>> words) {
    this.words = words;
  }

  @Override
  public Iterator<String> iterator() {
    return words.get().iterator();
  }

  public static final class Presets extends Candidates {
    Presets() {
      super(Preset::labels);
    }
  }

  public static final class Networks extends Candidates {
    Networks() {
      super(NamedNetwork::names);
    }
  }

  public static final class Sets extends Candidates {
    Sets() {
      super(DataSets::names);
    }
  }

  static final class Rules extends Candidates {
    Rules() {
      super(OptimizerNames::all);
    }
  }

  static final class SoftmaxPlaces extends Candidates {
    SoftmaxPlaces() {
      super(() -> List.of("host", "device"));
    }
  }

  static final class Weights extends Candidates {
    Weights() {
      super(ClassWeights::labels);
    }
  }

  static final class Schedules extends Candidates {
    Schedules() {
      super(() -> List.of("constant", "cosine", "one-cycle"));
    }
  }

  /** Devices without opencl:N, since a colon ends a word in bash. */
  public static final class Devices extends Candidates {
    Devices() {
      super(() -> List.of("auto", "gpu", "cpu"));
    }
  }

  static final class TrainDevices extends Candidates {
    TrainDevices() {
      super(() -> List.of("auto", "gpu", "cpu", "all"));
    }
  }

  public static final class Kernels extends Candidates {
    Kernels() {
      super(KernelSources::names);
    }
  }

  public static final class Shells extends Candidates {
    Shells() {
      super(() -> SHELLS);
    }
  }
}
