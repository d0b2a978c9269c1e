package org.aparanet.engine.select;

import java.util.Optional;
import java.util.function.Consumer;
import org.aparanet.engine.Engine;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.DeviceCheck;

/**
 * Whether a device may be used without being asked for: one that computes right, which is checked
 * once for each device and driver.
 */
public final class DeviceTrust {
  private final Verdicts verdicts;

  /**
   * Trust that rests on verdicts.
   *
   * @param verdicts of earlier checks, and of those to come
   */
  public DeviceTrust(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * Objection to a device, a sentence without a full stop; empty if there is none. Runs a brief
   * check if there was none.
   *
   * @param engine of the device
   * @param notes told of that check, which takes a while, before it begins
   * @return the objection, or nothing
   */
  public Optional<String> objection(Engine engine, Consumer<String> notes) {
    Optional<Verdicts.Verdict> known = verdicts.find(engine);
    if (known.isPresent()) {
      return sentence(known.get());
    }
    notes.accept(
        "checking "
            + engine.device()
            + ": first use of this device and driver by this version, which takes some seconds ...");
    CheckReport report = DeviceCheck.brief(engine);
    if (report.failure().isPresent()) {
      return report.failure(); // which may be another one next time, so it is not kept
    }
    return sentence(verdicts.keep(engine, report));
  }

  /**
   * As {@link #objection}, as far as it is known without running anything.
   *
   * @param engine of the device
   * @return the objection, or nothing
   */
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
