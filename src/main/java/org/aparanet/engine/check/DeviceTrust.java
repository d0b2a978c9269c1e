package org.aparanet.engine.check;

import java.util.Optional;
import org.aparanet.engine.Engine;

/**
 * Whether a device may be used without being asked for: one that computes right, which is checked
 * once for each device and driver.
 */
public final class DeviceTrust {
  private final Verdicts verdicts;

  public DeviceTrust(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * What speaks against a device, in a sentence without a full stop; empty if nothing. Runs a brief
   * check if there was none.
   */
  public Optional<String> objection(Engine engine) {
    Optional<Verdicts.Verdict> known = verdicts.find(engine);
    if (known.isPresent()) {
      return sentence(known.get());
    }
    CheckReport report = DeviceCheck.brief(engine);
    if (report.failure().isPresent()) {
      return report.failure(); // which may be another one next time, so it is not kept
    }
    return sentence(verdicts.keep(engine, report));
  }

  /** As {@link #objection}, as far as it is known without running anything. */
  public Optional<String> knownObjection(Engine engine) {
    return verdicts.find(engine).flatMap(DeviceTrust::sentence);
  }

  private static Optional<String> sentence(Verdicts.Verdict verdict) {
    return verdict.right()
        ? Optional.empty()
        : Optional.of(
            verdict.sentence() + "; it is not used (\"aparanet devices --check\" tests it again)");
  }
}
