package org.aparanet.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.aparanet.data.ImageOrder;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;
import org.aparanet.train.EpochSteps;
import org.aparanet.train.Rounds;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TakenStep;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.rounds.RoundDevices;

/**
 * Times one network at one batch on several devices together, as a training with plain stochastic
 * gradient descent has them: rounds of one step, and in turns with them as many steps in one round,
 * so that the difference is what rounds cost.
 */
final class TogetherRunner implements AutoCloseable {

  /** Steps of the first round and of the shortest comparison. */
  static final int LEAST_STEPS = 5;

  private static final int SHORTEST_ROUND = 2;
  private static final int LONGEST_ROUND = 10;

  /** Comparisons for which there is to be time. */
  private static final int COMPARISONS = 5;

  private static final double WARM_UP = 0.25;
  private static final int MOST_SAMPLES = 400;

  private final SpeedShares speeds;
  private final LongSupplier clock;
  private final int batch;
  private final int[] rows; // of the longest round
  private final List<Session> sessions = new ArrayList<>();
  private final List<RoundDevices> opened = new ArrayList<>();
  private final RoundDevices single; // rounds of one step
  private final RoundDevices several; // rounds of as many steps as an epoch has
  private int epochs;

  /** The same order in every epoch, in which images may come several times. */
  private record Rows(int[] images) implements ImageOrder {
    @Override
    public int count() {
      return images.length;
    }

    @Override
    public int[] order(int epoch) {
      return images;
    }
  }

  /** Steps in rounds of one, and what each of these rounds took beside its step. */
  private record Comparison(List<Double> rounds, double averaging) {}

  /**
   * Opens a session on each device, and takes a first round.
   *
   * @param engines of the devices that have shares, in their order
   * @param speeds their shares
   * @param clock in nanoseconds
   * @throws EngineException if a device cannot
   */
  TogetherRunner(List<Engine> engines, SpeedShares speeds, Network network, LongSupplier clock) {
    this.speeds = speeds;
    this.clock = clock;
    batch = speeds.fastest().batch();
    Workload workload = CaseRunner.workload(network, batch);
    int images = workload.images().count();
    rows = IntStream.range(0, LONGEST_ROUND * batch).map(row -> row % batch % images).toArray();
    boolean ready = false;
    try {
      engines.forEach(engine -> sessions.add(engine.open(network, batch)));
      single = devices(workload, 1);
      several = devices(workload, LONGEST_ROUND);
      rounds(single, 1); // takes the images along
      ready = true;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  private RoundDevices devices(Workload workload, int steps) {
    TrainingPlan plan =
        TrainingPlan.of(1, batch, CaseRunner.LEARNING_RATE)
            .withRounds(new Rounds(speeds.shares(), steps));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void shareMoved(
              EngineException cause, Device failed, List<Device> others, long step) {
            throw cause; // what the others do alone is not what is to be timed
          }
        };
    TrainingData data = new TrainingData(workload.images(), Optional.empty(), workload.images());
    RoundDevices devices = new RoundDevices(sessions, data, plan, listener, 0);
    opened.add(devices);
    devices.restore(TrainingState.start(workload.parameters(), Optimizer.SGD));
    return devices;
  }

  /**
   * Rounds within about {@code budget} seconds, but at least one comparison.
   *
   * @throws EngineException if a device fails
   */
  TogetherMeasurement measure(String label, double budget) {
    double left = (1 - WARM_UP) * budget;
    int steps = warmUp(WARM_UP * budget, left);
    List<Double> rounds = new ArrayList<>();
    List<Double> averaging = new ArrayList<>();
    long start = clock.getAsLong();
    do { // in turns, so that whatever else the machine does meets both
      Comparison comparison = compare(steps);
      rounds.addAll(comparison.rounds());
      averaging.add(comparison.averaging());
    } while (seconds(start) < left && rounds.size() < MOST_SAMPLES);
    Measurement fastest = speeds.fastest();
    return new TogetherMeasurement(
        parts(),
        label,
        batch,
        new BenchPoint(fastest.device(), label, batch, fastest.step().median()),
        new Samples(rounds),
        steps,
        new Samples(averaging));
  }

  /**
   * Short comparisons, none where a step takes so long that this does not matter.
   *
   * @param left seconds for the measurement that follows
   * @return steps of a long round with which there is time for several comparisons in it
   */
  private int warmUp(double budget, double left) {
    if (2 * SHORTEST_ROUND * speeds.leastSeconds() > budget) {
      return SHORTEST_ROUND;
    }
    long start = clock.getAsLong();
    Comparison last;
    do {
      last = compare(SHORTEST_ROUND);
    } while (seconds(start) < budget);
    double stepSeconds = new Samples(last.rounds()).median() / 1e9;
    double room = left / (COMPARISONS * 2 * stepSeconds);
    return (int) Math.max(SHORTEST_ROUND, Math.min(LONGEST_ROUND, room));
  }

  private List<TogetherMeasurement.Part> parts() {
    return IntStream.range(0, sessions.size())
        .mapToObj(
            i ->
                new TogetherMeasurement.Part(
                    sessions.get(i).device(), speeds.shares().parts().get(i)))
        .toList();
  }

  private Comparison compare(int steps) {
    List<Double> rounds = rounds(single, steps);
    List<Double> round = rounds(several, steps);
    return new Comparison(rounds, (sum(rounds) - sum(round)) / (rounds.size() - round.size()));
  }

  private static double sum(List<Double> times) {
    return times.stream().mapToDouble(time -> time).sum();
  }

  /** Takes the steps of an epoch of its own. */
  private List<Double> rounds(RoundDevices devices, int steps) {
    epochs++;
    List<Double> times = new ArrayList<>();
    try (EpochSteps epoch = devices.open(epochs, new Rows(Arrays.copyOf(rows, steps * batch)), 0)) {
      int taken = 0;
      while (taken < steps) {
        long start = clock.getAsLong();
        List<TakenStep> round =
            epoch.take(devices.state().steps(), before -> false, StateObserver.NONE);
        times.add((double) (clock.getAsLong() - start));
        if (!Double.isFinite(round.get(round.size() - 1).outcome().lossSum())) {
          throw new EngineException("the loss is not finite, although each device alone is right");
        }
        taken += round.size();
      }
    }
    return times;
  }

  private double seconds(long start) {
    return (clock.getAsLong() - start) / 1e9;
  }

  @Override
  public void close() {
    opened.forEach(RoundDevices::close);
    sessions.forEach(Session::close);
  }
}
