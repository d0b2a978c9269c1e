package org.aparanet.engine.check;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aparanet.engine.Device;

/**
 * Result of a check of a device.
 *
 * @param device the device
 * @param errors the worst relative error of each operation that was measured, in order
 * @param failure why the device could not finish the check, in a sentence; empty if it did
 */
public record CheckReport(
    Device device, Map<CheckedOperation, Double> errors, Optional<String> failure) {

  /**
   * Allowed relative error of a tensor. What all engines measure is below 1e-6; a factor of 1.001
   * in any operation is far above.
   */
  public static final double TOLERANCE = 1e-5;

  /** {@return the first operation that is wrong: those behind it may be wrong because of it} */
  public Optional<CheckedOperation> wrong() {
    return errors.entrySet().stream()
        .filter(entry -> !(entry.getValue() <= TOLERANCE))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** {@return whether the device finished the check and everything was right} */
  public boolean right() {
    return failure.isEmpty() && wrong().isEmpty();
  }

  /** {@return one sentence, without a full stop} */
  public String verdict() {
    if (failure.isPresent()) {
      return device + " failed: " + failure.get();
    }
    Optional<CheckedOperation> wrong = wrong();
    if (wrong.isPresent()) {
      return String.format(
          Locale.ROOT,
          "%s computes wrongly: %s is off by %.1e of the right result, and at most %.0e is allowed",
          device,
          wrong.get(),
          errors.get(wrong.get()),
          TOLERANCE);
    }
    Map.Entry<CheckedOperation, Double> worst =
        errors.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s computes right: no operation is off by more than %.1e (%s)",
        device,
        worst.getValue(),
        worst.getKey());
  }
}
