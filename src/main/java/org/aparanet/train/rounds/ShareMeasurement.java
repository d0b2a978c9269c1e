package org.aparanet.train.rounds;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
 * takes steps for about a second with an equal share of a batch, to warm up, and for another one
 * with the share that its speed in the first deserves, since images of a large one take less time
 * each.
 */
public final class ShareMeasurement {
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int WHOLE = 100; // percent

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
    List<SpeedProbe> probes =
        sessions.stream()
            .map(session -> new SpeedProbe(session, parameters, images, plan))
            .toList();
    return new ShareMeasurement(probes, failures, plan).speeds(SECOND_NANOS);
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
      List<Speed> warm = measured(threads, Shares.equal(probes.size()), nanos);
      return evened(measured(threads, shares(warm), nanos));
    } finally {
      threads.shutdown();
    }
  }

  private List<Speed> measured(ExecutorService threads, Shares shares, long nanos) {
    List<Future<Double>> results = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      SpeedProbe probe = probes.get(i);
      int count = Math.max(1, shares.size(i, plan.batch()));
      results.add(threads.submit(() -> probe.imagesPerSecond(count, nanos)));
    }
    List<Speed> speeds = new ArrayList<>();
    Map<Session, EngineException> failed = new LinkedHashMap<>();
    for (SpeedProbe probe : List.copyOf(probes)) {
      try {
        speeds.add(new Speed(probe.session(), RoundDevice.await(results.remove(0))));
      } catch (EngineException e) {
        probes.remove(probe);
        failed.put(probe.session(), e);
      }
    }
    failed.forEach(failures); // when no thread works any more
    return speeds;
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
    double sum = speeds.stream().mapToDouble(Speed::imagesPerSecond).sum();
    double[] exact =
        speeds.stream().mapToDouble(speed -> WHOLE * speed.imagesPerSecond() / sum).toArray();
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
