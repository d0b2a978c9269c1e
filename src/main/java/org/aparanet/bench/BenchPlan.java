package org.aparanet.bench;

import java.util.List;
import org.aparanet.engine.Engine;

/**
 * Cases, devices and batches to time.
 *
 * @param cases the networks
 * @param engines the devices; the Java engine, with which the others are compared, comes last
 * @param pace how long to look
 * @param notes what was left out of the plan, and why, in sentences with a full stop
 */
public record BenchPlan(
    List<BenchCase> cases, List<Engine> engines, Pace pace, List<String> notes) {

  public BenchPlan {
    cases = List.copyOf(cases);
    engines = List.copyOf(engines);
    notes = List.copyOf(notes);
  }

  /** A plan of everything that was asked for. */
  public BenchPlan(List<BenchCase> cases, List<Engine> engines, Pace pace) {
    this(cases, engines, pace, List.of());
  }

  /**
   * How much time to take.
   *
   * @param caseSeconds for one network at one batch on one device; half of it on all together
   * @param pointSeconds for one batch of the series that looks for the crossover
   * @param series batches of that series
   * @param fullCheck whether devices are checked with all cases rather than a few
   */
  public record Pace(
      double caseSeconds, double pointSeconds, List<Integer> series, boolean fullCheck) {

    /** Under two minutes for the three presets on two cores. */
    public static final Pace NORMAL = new Pace(3, 0.25, List.of(1, 4, 16, 64, 256, 1024), true);

    /** For a first look. */
    public static final Pace QUICK = new Pace(1.2, 0.1, List.of(1, 16, 64), false);
  }
}
