package org.aparanet.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.DeviceCheck;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/**
 * Checks the devices of a plan, then times those that compute right, each alone and all together.
 */
public final class Bench {

  /** First step, one that is timed, one that is taken apart and an inference. */
  private static final double STEPS_OF_CASE = 3.5;

  /** Part of a case's budget for all devices together. */
  private static final double TOGETHER = 0.5;

  /** Multiple of its budget above which a case is left out. */
  private static final double PATIENCE = 2.5;

  private static final Network SMALLEST = new Network(new Shape(1, 1, 1), List.of(new Dense(1)));

  private final BenchPlan plan;
  private final Consumer<String> progress;
  private final Function<Engine, CheckReport> check;
  private final LongSupplier clock;
  private final List<BenchReport.Checked> devices = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<TogetherMeasurement> together = new ArrayList<>();
  private final List<BenchPoint> points = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Bench(
      BenchPlan plan,
      Consumer<String> progress,
      Function<Engine, CheckReport> check,
      LongSupplier clock) {
    this.plan = plan;
    this.progress = progress;
    this.check = check;
    this.clock = clock;
    notes.addAll(plan.notes());
  }

  /**
   * Runs a plan.
   *
   * @param machine this one
   * @param progress told what is being done, in short sentences
   */
  public static BenchReport run(BenchPlan plan, Machine machine, Consumer<String> progress) {
    Function<Engine, CheckReport> check =
        plan.pace().fullCheck() ? DeviceCheck::full : DeviceCheck::brief;
    return run(plan, machine, progress, check, System::nanoTime);
  }

  /** With a check and a clock, in nanoseconds, of the test's own. */
  static BenchReport run(
      BenchPlan plan,
      Machine machine,
      Consumer<String> progress,
      Function<Engine, CheckReport> check,
      LongSupplier clock) {
    Instant begin = Instant.now();
    Bench bench = new Bench(plan, progress, check, clock);
    List<Engine> right = plan.engines().stream().filter(bench::check).toList();
    for (BenchCase example : plan.cases()) {
      for (Engine engine : right) {
        bench.measure(example, engine);
      }
      for (int batch : example.batches()) {
        bench.together(example, batch, right);
      }
      for (Engine engine : right) {
        bench.curve(example, engine);
      }
      bench.refine(example, right);
    }
    return new BenchReport(
        begin,
        machine,
        List.copyOf(bench.devices),
        plan.cases(),
        List.copyOf(bench.measurements),
        List.copyOf(bench.together),
        List.copyOf(bench.points),
        List.copyOf(bench.notes));
  }

  private boolean check(Engine engine) {
    progress.accept("checking " + engine.device() + " against the reference");
    double firstOpenSeconds = firstOpen(engine);
    CheckReport report = check.apply(engine);
    devices.add(new BenchReport.Checked(report, engine.driver(), firstOpenSeconds));
    return report.right();
  }

  /** Kernels are the same for every network: the first session pays for them. */
  private double firstOpen(Engine engine) {
    long start = clock.getAsLong();
    try (Session session = engine.open(SMALLEST, 1)) {
      return (clock.getAsLong() - start) / 1e9;
    } catch (EngineException e) {
      return -1; // the check that follows tells why
    }
  }

  private void measure(BenchCase example, Engine engine) {
    double secondsOfImage = 0;
    for (int batch : example.batches()) {
      double budget = plan.pace().caseSeconds();
      double expected = STEPS_OF_CASE * secondsOfImage * batch;
      if (expected > PATIENCE * budget) {
        note(example, engine, batch, tooLong(secondsOfImage * batch));
        continue;
      }
      progress.accept("timing " + example.label() + ", batch " + batch + ", on " + engine.device());
      try (CaseRunner runner = new CaseRunner(engine, example.network(), batch, clock)) {
        Measurement measurement = runner.measure(example.label(), budget);
        measurements.add(measurement);
        double nanos = measurement.step().median();
        points.add(new BenchPoint(engine.device(), example.label(), batch, nanos));
        secondsOfImage = nanos / 1e9 / batch;
        if (measurement.step().nanos().size() < 5) {
          notes.add(
              String.format(
                  Locale.ROOT,
                  "%s, batch %,d, on %s: a step takes %.1f s, so only %d %s measured.",
                  example.label(),
                  batch,
                  engine.device().id(),
                  nanos / 1e9,
                  measurement.step().nanos().size(),
                  measurement.step().nanos().size() == 1 ? "was" : "were"));
        }
      } catch (EngineException e) {
        note(example, engine, batch, e.getMessage());
      }
    }
  }

  /** Times all devices together that have been measured at a batch, if there are several. */
  private void together(BenchCase example, int batch, List<Engine> engines) {
    List<Measurement> measured =
        measurements.stream()
            .filter(m -> m.network().equals(example.label()) && m.batch() == batch)
            .toList();
    if (measured.size() < 2) {
      return;
    }
    SpeedShares speeds = SpeedShares.of(measured);
    if (!speeds.leftOut().isEmpty()) {
      note(
          example,
          batch,
          ids(speeds.leftOut()) + " beside " + ids(speeds.devices()),
          "the batch is too small for a share by speed");
      if (speeds.devices().size() < 2) {
        return;
      }
    }
    String devices = ids(speeds.devices()) + " together";
    double budget = TOGETHER * plan.pace().caseSeconds();
    if (TogetherRunner.LEAST_STEPS * speeds.leastSeconds() > PATIENCE * budget) {
      note(example, batch, devices, tooLong(speeds.leastSeconds()));
      return;
    }
    progress.accept("timing " + example.label() + ", batch " + batch + ", on " + devices);
    List<Device> having = speeds.devices().stream().map(Measurement::device).toList();
    List<Engine> sharing = engines.stream().filter(e -> having.contains(e.device())).toList();
    try (TogetherRunner runner = new TogetherRunner(sharing, speeds, example.network(), clock)) {
      TogetherMeasurement measurement = runner.measure(example.label(), budget);
      together.add(measurement);
      int comparisons = measurement.averaging().nanos().size();
      if (comparisons < 3) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%s, batch %,d, on %s: what averaging costs was compared %d time%s only.",
                example.label(),
                batch,
                devices,
                comparisons,
                comparisons == 1 ? "" : "s"));
      }
    } catch (EngineException e) {
      note(example, batch, devices, e.getMessage());
    }
  }

  private static String ids(List<Measurement> devices) {
    return devices.stream().map(m -> m.device().id()).collect(Collectors.joining(" + "));
  }

  private static String tooLong(double seconds) {
    return String.format(Locale.ROOT, "a step would take about %.1f s", seconds);
  }

  private void note(BenchCase example, Engine engine, int batch, String reason) {
    note(example, batch, engine.device().id(), reason);
  }

  private void note(BenchCase example, int batch, String devices, String reason) {
    notes.add(
        String.format(
            Locale.ROOT,
            "%s, batch %,d, on %s was left out: %s.",
            example.label(),
            batch,
            devices,
            reason));
  }

  /** Further batches up to the largest one, as long as they do not take too long. */
  private void curve(BenchCase example, Engine engine) {
    for (int batch : plan.pace().series()) {
      if (batch <= example.largest()) {
        point(example, engine, batch);
      }
    }
  }

  /** Measures between a batch at which a device is slower and the next one at which it is not. */
  private void refine(BenchCase example, List<Engine> engines) {
    Engine java = engines.isEmpty() ? null : engines.get(engines.size() - 1);
    if (java == null || java.device().kind() != Device.Kind.JAVA) {
      return;
    }
    for (Engine engine : engines.subList(0, engines.size() - 1)) {
      Crossover coarse = new Crossover("", 0, times(example, engine), times(example, java));
      int above = coarse.from();
      while (above > 0 && !coarse.steps().headMap(above).isEmpty()) {
        int below = coarse.steps().headMap(above).lastKey();
        int middle = Integer.highestOneBit(above - 1);
        if (middle <= below || !point(example, engine, middle) || !point(example, java, middle)) {
          break;
        }
        coarse = new Crossover("", 0, times(example, engine), times(example, java));
        above = coarse.from();
      }
    }
  }

  /**
   * Measures a batch, unless it is known.
   *
   * @return whether it is known now
   */
  private boolean point(BenchCase example, Engine engine, int batch) {
    SortedMap<Integer, Double> known = times(example, engine);
    if (known.containsKey(batch)) {
      return true;
    }
    double budget = plan.pace().pointSeconds();
    if (expected(known, batch) > PATIENCE * budget) {
      return false;
    }
    progress.accept(
        "timing " + example.label() + ", batch " + batch + ", on " + engine.device().id());
    try (CaseRunner runner = new CaseRunner(engine, example.network(), batch, clock)) {
      Samples steps = runner.steps(budget);
      points.add(new BenchPoint(engine.device(), example.label(), batch, steps.median()));
      return true;
    } catch (EngineException e) {
      note(example, engine, batch, e.getMessage());
      return false;
    }
  }

  /** Seconds for a first step and a second one, as the next known batch lets expect. */
  private static double expected(SortedMap<Integer, Double> known, int batch) {
    if (known.isEmpty()) {
      return 0;
    }
    SortedMap<Integer, Double> below = known.headMap(batch);
    int nearest = below.isEmpty() ? known.firstKey() : below.lastKey();
    return 2 * known.get(nearest) / 1e9 * batch / nearest;
  }

  private SortedMap<Integer, Double> times(BenchCase example, Engine engine) {
    SortedMap<Integer, Double> times = new TreeMap<>();
    points.stream()
        .filter(p -> p.network().equals(example.label()) && p.device().equals(engine.device()))
        .forEach(p -> times.put(p.batch(), p.nanos()));
    return times;
  }
}
