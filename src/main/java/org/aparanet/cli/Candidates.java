package org.aparanet.cli;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aparanet.data.DataSets;
import org.aparanet.engine.opencl.kernel.KernelSources;
import org.aparanet.model.Preset;
import picocli.CommandLine.Command;

/**
 * Words that a shell can complete: those that stand for themselves, not all that is allowed. They
 * are looked up when they are asked for, since every command line makes these objects.
 */
abstract class Candidates implements Iterable<String> {
  private final Supplier<List<String>> words;

  private Candidates(Supplier<List<String>> words) {
    this.words = words;
  }

  @Override
  public Iterator<String> iterator() {
    return words.get().iterator();
  }

  static final class Recipes extends Candidates {
    Recipes() {
      super(Recipe::labels);
    }
  }

  static final class Networks extends Candidates {
    Networks() {
      super(Preset::names);
    }
  }

  static final class Sets extends Candidates {
    Sets() {
      super(DataSets::names);
    }
  }

  static final class Rules extends Candidates {
    Rules() {
      super(OptimizerOptions::labels);
    }
  }

  static final class SoftmaxPlaces extends Candidates {
    SoftmaxPlaces() {
      super(() -> List.of("host", "device"));
    }
  }

  static final class Schedules extends Candidates {
    Schedules() {
      super(() -> List.of("constant", "cosine", "one-cycle"));
    }
  }

  /** Without opencl:N, since bash takes a colon for the end of a word. */
  static final class Devices extends Candidates {
    Devices() {
      super(() -> List.of("auto", "gpu", "cpu"));
    }
  }

  static final class Kernels extends Candidates {
    Kernels() {
      super(KernelSources::names);
    }
  }

  static final class Commands extends Candidates {
    Commands() {
      super(
          () ->
              Stream.of(Main.class.getAnnotation(Command.class).subcommands())
                  .map(type -> type.getAnnotation(Command.class).name())
                  .toList());
    }
  }

  static final class Shells extends Candidates {
    Shells() {
      super(() -> CompletionCommand.SHELLS);
    }
  }
}
