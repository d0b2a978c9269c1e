package org.aparanet.engine.select;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.engine.Engine;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.engine.cpu.CpuEngine;

/** Engines of the tests' own in the place of this machine's. */
public final class TestEngines {
  private TestEngines() {}

  /** The Java engine on one thread, and the given engines as if OpenCL had offered them. */
  public static Engines of(Engine... openCl) {
    return of(new Verdicts(Optional.empty(), Optional.empty()), openCl);
  }

  /** As {@link #of}, but the engines have passed a check before. */
  public static Engines trusted(Engine... openCl) {
    return of(right(openCl), openCl);
  }

  /** The verdict that engines compute right. */
  static Verdicts right(Engine... engines) {
    Verdicts verdicts = new Verdicts(Optional.empty(), Optional.empty());
    for (Engine engine : engines) {
      verdicts.keep(
          engine,
          new CheckReport(engine.device(), Map.of(CheckedOperation.UPDATE, 0.0), Optional.empty()));
    }
    return verdicts;
  }

  /** With what is known of the engines already. */
  public static Engines of(Verdicts verdicts, Engine... openCl) {
    Optional<String> problem =
        openCl.length == 0 ? Optional.of("there is no driver") : Optional.empty();
    return new Engines(
        new CpuEngine(1), () -> new Engines.OpenCl(List.of(openCl), problem), verdicts);
  }
}
