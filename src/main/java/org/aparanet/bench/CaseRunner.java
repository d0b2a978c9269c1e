package org.aparanet.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;
import org.aparanet.train.loss.SoftmaxCrossEntropy;

/** Times one network at one batch on one device. */
public final class CaseRunner implements AutoCloseable {

  /** So small that parameters hardly move, however many steps there are. */
  static final float LEARNING_RATE = 1e-5f;

  private static final double WARM_UP = 0.25;
  private static final double INFERENCE = 0.25;
  private static final int MOST_SAMPLES = 400;

  /** Pixels of different images, 64 MiB; larger batches take the same images again. */
  private static final long MOST_PIXELS = 1 << 26;

  private static final int MOST_LOGITS = Integer.MAX_VALUE - 8;

  /** Seconds of steps that are compared with those before. */
  private static final double LEAST_WINDOW = 0.1;

  private static final int MOST_WINDOWS = 15;
  private static final double STILL_FASTER = 0.9;
  private static final double STILL_COMPILING = 0.05;
  private static final double LONG_STEP = 8;

  private final LongSupplier clock;
  private final Workload workload;
  private final int[] indices;
  private final SoftmaxCrossEntropy loss;
  private final float[] logits;
  private final int batch;
  private final Session session;
  private final double openSeconds;
  private final double loadSeconds;
  private final double firstStepSeconds;

  /**
   * Opens a session and does a first step.
   *
   * @param clock in nanoseconds
   * @throws EngineException if the device cannot
   */
  public CaseRunner(Engine engine, Network network, int batch, LongSupplier clock) {
    this.clock = clock;
    this.batch = batch;
    if ((long) batch * network.classes() > MOST_LOGITS) {
      throw new EngineException(batch + " images have too many logits for an array");
    }
    workload = workload(network, batch);
    int images = workload.images().count();
    indices = IntStream.range(0, batch).map(row -> row % images).toArray();
    loss = new SoftmaxCrossEntropy(network.classes(), batch);
    logits = new float[batch * network.classes()];
    loss.bind(workload.images(), indices, 0, batch);
    long start = clock.getAsLong();
    session = engine.open(network, batch);
    openSeconds = seconds(start);
    try {
      start = clock.getAsLong();
      session.load(workload.images());
      session.setParameters(workload.parameters());
      loadSeconds = seconds(start);
      start = clock.getAsLong();
      step();
      firstStepSeconds = seconds(start);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The images of a batch, or as many of them as there is room for. */
  static Workload workload(Network network, int batch) {
    int images = (int) Math.max(1, Math.min(batch, MOST_PIXELS / network.input().size()));
    return Workload.draw(network, images, 1);
  }

  /** How long the first step took: later ones take no longer. */
  double firstStepSeconds() {
    return firstStepSeconds;
  }

  /**
   * Steps, their pieces and inference, within about {@code budget} seconds, but each at least once.
   */
  public Measurement measure(String label, double budget) {
    warmUp(
        WARM_UP * budget,
        () -> {
          step();
          infer();
          profile();
        });
    long start = clock.getAsLong();
    double end = (1 - WARM_UP - INFERENCE) * budget;
    List<Double> steps = new ArrayList<>();
    Map<String, List<StepPart>> parts = new LinkedHashMap<>();
    StepProfile profile;
    do { // in turns, so that whatever else the machine does meets both
      steps.add(timed(this::step));
      profile = profile();
      profile.parts().forEach(p -> parts.computeIfAbsent(p.name(), n -> new ArrayList<>()).add(p));
    } while (seconds(start) < end && steps.size() < MOST_SAMPLES);
    while (steps.size() < 3 && seconds(start) < end) {
      steps.add(timed(this::step));
    }
    return new Measurement(
        session.device(),
        label,
        batch,
        openSeconds,
        loadSeconds,
        firstStepSeconds,
        new Samples(steps),
        sample(this::infer, INFERENCE * budget),
        parts.values().stream().map(CaseRunner::part).toList(),
        profile.method(),
        profile.launchCost()); // it gets better with each profile
  }

  /** Steps only, within about {@code budget} seconds. */
  Samples steps(double budget) {
    warmUp(WARM_UP * budget, this::step);
    return sample(this::step, (1 - WARM_UP) * budget);
  }

  /**
   * Runs of all that is timed afterwards until they get no faster and Java's compiler has little
   * left to do: it takes a while to find out what is worth its work, and has a thread of its own,
   * which takes a core from the engine's. None where a step takes so long that this does not
   * matter.
   */
  private void warmUp(double budget, Runnable turn) {
    double window = Math.max(LEAST_WINDOW, budget / 2);
    if (firstStepSeconds > LONG_STEP * window) {
      return;
    }
    double before = Double.POSITIVE_INFINITY;
    boolean warm = false;
    for (int i = 0; i < MOST_WINDOWS && !warm; i++) {
      long compiling = compilerMillis();
      long start = clock.getAsLong();
      int turns = 0;
      do {
        turn.run();
        turns++;
      } while (seconds(start) < window);
      double mean = seconds(start) / turns;
      double compiled = (compilerMillis() - compiling) / 1e3 / seconds(start);
      warm = mean > STILL_FASTER * before && compiled < STILL_COMPILING;
      before = mean;
    }
  }

  private static long compilerMillis() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    return compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime()
        : 0;
  }

  private Samples sample(Runnable run, double budget) {
    List<Double> samples = new ArrayList<>();
    long start = clock.getAsLong();
    do {
      samples.add(timed(run));
    } while (seconds(start) < budget && samples.size() < MOST_SAMPLES);
    return new Samples(samples);
  }

  private static Measurement.Part part(List<StepPart> times) {
    Samples samples = new Samples(times.stream().map(StepPart::nanos).toList());
    return new Measurement.Part(times.get(0).lasting(samples.median()), samples);
  }

  private void step() {
    session.expect(indices, 0, batch);
    if (!session.step(indices, 0, batch, loss, LEARNING_RATE)) {
      throw new EngineException(
          session.device() + " gave a loss that is not finite, although the check found it right");
    }
  }

  private StepProfile profile() {
    session.expect(indices, 0, batch); // as a training does
    return session.profile(indices, 0, batch, loss, LEARNING_RATE);
  }

  private void infer() {
    session.infer(indices, 0, batch, logits);
  }

  private double timed(Runnable run) {
    long start = clock.getAsLong();
    run.run();
    return clock.getAsLong() - start;
  }

  private double seconds(long start) {
    return (clock.getAsLong() - start) / 1e9;
  }

  @Override
  public void close() {
    session.close();
  }
}
