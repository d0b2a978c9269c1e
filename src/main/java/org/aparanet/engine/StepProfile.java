package org.aparanet.engine;

import java.util.List;
import java.util.Optional;

/**
 * Where the time of one training step went.
 *
 * @param parts all pieces, in the order in which the step does them; the same session has the same
 *     pieces for every step of as many images
 * @param method how they were timed, in a sentence
 * @param launchCost what calls and launches cost the host; empty where there are none
 */
public record StepProfile(List<StepPart> parts, String method, Optional<LaunchCost> launchCost) {

  /**
   * Copies the list of pieces.
   *
   * @param parts all pieces, in the order in which the step does them; the same session has the
   *     same pieces for every step of as many images
   * @param method how they were timed, in a sentence
   * @param launchCost what calls and launches cost the host; empty where there are none
   */
  public StepProfile {
    parts = List.copyOf(parts);
  }

  /**
   * A step without launches.
   *
   * @param parts all pieces, in the order in which the step does them; the same session has the
   *     same pieces for every step of as many images
   * @param method how they were timed, in a sentence
   */
  public StepProfile(List<StepPart> parts, String method) {
    this(parts, method, Optional.empty());
  }

  /** A step of one piece. */
  static StepProfile whole(double nanos) {
    return new StepProfile(
        List.of(new StepPart("whole step", StepPart.Kind.STEP, nanos, 0, 0, 0)),
        "the step was timed as a whole");
  }

  /** {@return the time of all pieces together, in nanoseconds} */
  public double nanos() {
    return parts.stream().mapToDouble(StepPart::nanos).sum();
  }

  /** {@return the launches of device code in a step} */
  public int launches() {
    return parts.stream().mapToInt(StepPart::launches).sum();
  }
}
