package org.aparanet.engine;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.cpu.CpuEngine;

/** Engines of the tests' own in the place of this machine's. */
public final class TestEngines {
  private TestEngines() {}

  /** The Java engine on one thread, and the given engines as if OpenCL had offered them. */
  public static Engines of(Engine... openCl) {
    Optional<String> problem =
        openCl.length == 0 ? Optional.of("there is no driver") : Optional.empty();
    return new Engines(new CpuEngine(1), () -> new Engines.OpenCl(List.of(openCl), problem));
  }
}
