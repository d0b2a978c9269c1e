package org.aparanet.train.rounds;

import static java.util.Comparator.comparingDouble;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingPlan;

/**
 * Measurement of how fast the devices of a training are, all at work at once, as they will be. Each
 * takes steps with an equal share of a batch, first until none becomes faster any more and Java's
 * compiler has little to do, and then for about a second that counts.
 */
public final class ShareMeasurement {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int WHOLE = 100; // percent
  private static final int STEADY_WINDOWS = 2;

  /** Of half a second, 15 seconds. */
  private static final int MOST_WINDOWS = 30;

  private static final double FASTER = 1.1;
  private static final double COMPILING = 0.1; // of the time

  /**
   * Speed of a device.
   *
   * @param session on the device
   * @param imagesPerSecond training images in a second; that of devices of the same name is their
   *     mean
   */
  public record Speed(Session session, double imagesPerSecond) {}

  private final List<SpeedProbe> probes;
  private final BiConsumer<Session, EngineException> failures;
  private final TrainingPlan plan;

  private ShareMeasurement(
      List<SpeedProbe> probes, BiConsumer<Session, EngineException> failures, TrainingPlan plan) {
    this.probes = new ArrayList<>(probes);
    this.failures = failures;
    this.plan = plan;
  }

  /**
   * Measures. Parameters and moments of the sessions are others afterwards, and a few more images
   * are loaded.
   *
   * @param sessions at least one
   * @param parameters to measure with
   * @param images of the training
   * @param plan of the training
   * @param failures is told of a device that fails, whose session has no speed then
   * @return the speed of each session, in their order
   */
  public static List<Speed> of(
      List<Session> sessions,
      float[] parameters,
      ImageSet images,
      TrainingPlan plan,
      BiConsumer<Session, EngineException> failures) {
    return of(sessions, parameters, images, plan, SECOND_NANOS, failures);
  }

  /** In less time than a second, for tests. */
  static List<Speed> of(
      List<Session> sessions,
      float[] parameters,
      ImageSet images,
      TrainingPlan plan,
      long nanos,
      BiConsumer<Session, EngineException> failures) {
    List<SpeedProbe> probes =
        sessions.stream()
            .map(session -> new SpeedProbe(session, parameters, images, plan))
            .toList();
    return new ShareMeasurement(probes, failures, plan).speeds(nanos);
  }

  private List<Speed> speeds(long nanos) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            probes.size(),
            task -> {
              Thread made = new Thread(task, "aparanet-measurement");
              made.setDaemon(true);
              return made;
            });
    try {
      warmUp(threads, nanos / 2);
      return evened(measured(threads, nanos));
    } finally {
      threads.shutdown();
    }
  }

  private void warmUp(ExecutorService threads, long nanos) {
    Map<Session, Double> best = new HashMap<>();
    int steady = 0;
    for (int window = 0; window < MOST_WINDOWS && steady < STEADY_WINDOWS; window++) {
      long compiled = compilerMilliseconds();
      boolean faster = false;
      for (Speed speed : measured(threads, nanos)) {
        double before = best.getOrDefault(speed.session(), 0.0);
        faster |= speed.imagesPerSecond() > FASTER * before;
        best.put(speed.session(), Math.max(before, speed.imagesPerSecond()));
      }
      boolean compiling = compilerMilliseconds() - compiled > COMPILING * nanos * 1e-6;
      steady = faster || compiling ? 0 : steady + 1;
    }
  }

  private static long compilerMilliseconds() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime()
        : 0;
  }

  private List<Speed> measured(ExecutorService threads, long nanos) {
    int images = Math.max(1, plan.batch() / probes.size());
    List<Future<Double>> results = new ArrayList<>();
    for (SpeedProbe probe : probes) {
      results.add(threads.submit(() -> probe.imagesPerSecond(images, nanos)));
    }
    results.forEach(ShareMeasurement::awaitEnd); // a session that is in use cannot be closed
    List<Speed> speeds = new ArrayList<>();
    for (SpeedProbe probe : List.copyOf(probes)) {
      try {
        speeds.add(new Speed(probe.session(), RoundDevice.await(results.remove(0))));
      } catch (EngineException e) {
        probes.remove(probe);
        failures.accept(probe.session(), e);
      }
    }
    return speeds;
  }

  private static void awaitEnd(Future<Double> result) {
    try {
      RoundDevice.await(result);
    } catch (RuntimeException | Error e) {
      // comes again with the result
    }
  }

  /** Devices of the same name get the same speed. */
  private static List<Speed> evened(List<Speed> speeds) {
    return speeds.stream()
        .map(
            one ->
                new Speed(
                    one.session(),
                    speeds.stream()
                        .filter(other -> name(other).equals(name(one)))
                        .collect(Collectors.averagingDouble(Speed::imagesPerSecond))))
        .toList();
  }

  private static String name(Speed speed) {
    return speed.session().device().name();
  }

  /**
   * {@return shares in whole percent, at least 1, that are in proportion to speeds}
   *
   * @param speeds at least one, at most 100
   */
  public static Shares shares(List<Speed> speeds) {
    return shares(speeds.stream().mapToDouble(Speed::imagesPerSecond).toArray());
  }

  /**
   * {@return shares in whole percent, at least 1, that are in proportion to speeds}
   *
   * @param speeds images in a second, at least one, at most 100
   */
  public static Shares shares(double[] speeds) {
    double sum = Arrays.stream(speeds).sum();
    double[] exact = Arrays.stream(speeds).map(speed -> WHOLE * speed / sum).toArray();
    int[] parts = Arrays.stream(exact).mapToInt(part -> Math.max(1, (int) part)).toArray();
    for (int missing = WHOLE - Arrays.stream(parts).sum(); missing != 0; ) {
      int change = Integer.signum(missing);
      int most =
          IntStream.range(0, parts.length)
              .filter(i -> parts[i] + change > 0)
              .boxed()
              .max(comparingDouble(i -> change * (exact[i] - parts[i])))
              .orElseThrow();
      parts[most] += change;
      missing -= change;
    }
    return new Shares(Arrays.stream(parts).boxed().toList());
  }
}
