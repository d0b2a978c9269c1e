package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClDevices;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A profiled step does what a step does, and its pieces are all of it. */
class StepProfileTest {
  private static final Shape MNIST = new Shape(1, 28, 28);
  private static final float LEARNING_RATE = 0.01f;

  /** How far the sum of the pieces may be from the step. */
  private static final double CLOSE = 0.10;

  /**
   * The same for a step of one image on a device, which is launches and little else: on a processor
   * that also does other things, these vary more than everything there is to compute.
   */
  private static final double CLOSE_FOR_LAUNCHES = 0.30;

  /**
   * The same for several threads: a profiled step follows another one at once, while its threads
   * still wait in a loop; the step after it finds them asleep where the processor is wanted
   * elsewhere.
   */
  private static final double CLOSE_FOR_THREADS = 0.45;

  private static final double MOST_WAITING = 0.20;

  private static final int ATTEMPTS = 10;

  private static final Engine ONE_THREAD = new CpuEngine(1);

  record Example(Engine engine, Network network, int batch) {
    @Override
    public String toString() {
      return engine.device().id() + ", " + network.text() + ", batch " + batch;
    }
  }

  static Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    Network small =
        NetworkText.parse(
            new Shape(2, 9, 8), "conv 4 3 same relu, pool 3 stride 1, relu, conv 3 2, dense 4");
    List<Engine> engines = new ArrayList<>(List.of(ONE_THREAD, new CpuEngine(2)));
    OpenClDevices.find()
        .engines()
        .forEach(
            engine -> {
              engines.add(engine.with(HostMemory.SHARED));
              engines.add(engine.with(HostMemory.SEPARATE));
            });
    Network norms =
        NetworkText.parse(
            new Shape(2, 9, 8),
            "conv 4 3 same nobias, batchnorm relu, [conv 4 3 same relu, conv 4 3 same nobias,"
                + " batchnorm] relu, avgpool 2, dropout 0.5, dense 4");
    for (Engine engine : engines.subList(0, Math.min(3, engines.size()))) {
      examples.add(new Example(engine, norms, 37)); // one way to memory is enough: it takes long
    }
    for (Engine engine : engines) {
      examples.add(new Example(engine, small, 1));
      examples.add(new Example(engine, small, 37));
      examples.add(new Example(engine, NamedNetwork.LENET.network(MNIST, 10), 64));
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theParametersAreThoseOfAStep(Example example) {
    Workload workload = Workload.draw(example.network(), example.batch(), 1);
    float[] stepped;
    float[] profiled;
    try (Session session = open(example, workload)) {
      for (int i = 0; i < 3; i++) {
        step(session, workload);
      }
      stepped = session.parameters();
      session.setParameters(workload.parameters());
      session.optimize(Optimizer.SGD, 0);
      for (int i = 0; i < 3; i++) {
        profile(session, workload);
      }
      profiled = session.parameters();
    }
    assertArrayEquals(stepped, profiled);
  }

  /** Work is counted from the network's definition, so every engine counts the same. */
  @ParameterizedTest
  @MethodSource("examples")
  void thePiecesHaveAllTheWorkOfTheNetwork(Example example) {
    Workload workload = Workload.draw(example.network(), example.batch(), 1);
    StepProfile profile;
    try (Session session = open(example, workload)) {
      profile = profile(session, workload);
    }
    double firstData = example.network().nodes().get(0).multiplyAdds(); // which nobody needs
    double expected = 2.0 * example.batch() * (3 * example.network().multiplyAdds() - firstData);
    assertEquals(
        expected, profile.parts().stream().mapToDouble(StepPart::flop).sum(), expected * 1e-12);
    assertTrue(
        profile.parts().stream().anyMatch(p -> p.name().contains(" + relu")), profile::toString);
    assertTrue(
        profile.parts().stream().allMatch(p -> p.nanos() >= 0 && p.bytes() >= 0),
        profile::toString);
    boolean device = !example.engine().device().id().equals("cpu");
    assertEquals(device, profile.launches() > 0);
  }

  /**
   * Medians of both, taken in turns; on a machine that is busy with other things, the best of a few
   * attempts.
   */
  @ParameterizedTest
  @MethodSource("examples")
  void thePiecesAddUpToTheStep(Example example) {
    Workload workload = Workload.draw(example.network(), example.batch(), 1);
    boolean java = example.engine().device().id().equals("cpu");
    boolean launches = example.batch() == 1 && !java;
    boolean threads = java && example.engine() != ONE_THREAD;
    double close = launches ? CLOSE_FOR_LAUNCHES : threads ? CLOSE_FOR_THREADS : CLOSE;
    double closest = Double.POSITIVE_INFINITY;
    double leastWaiting = 1;
    List<String> seen = new ArrayList<>();
    try (Session session = open(example, workload)) {
      long warm = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
      while (System.nanoTime() < warm) {
        step(session, workload);
      }
      for (int attempt = 0; attempt < ATTEMPTS && closest > close; attempt++) {
        List<Double> steps = new ArrayList<>();
        List<Double> sums = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
        while (steps.size() < 9 || System.nanoTime() < end) {
          long start = System.nanoTime();
          step(session, workload);
          steps.add((double) (System.nanoTime() - start));
          StepProfile profile = profile(session, workload);
          sums.add(profile.nanos());
          leastWaiting = Math.min(leastWaiting, waiting(profile) / profile.nanos());
        }
        double ratio = median(sums) / median(steps);
        seen.add("" + ratio);
        closest = Math.min(closest, Math.abs(ratio - 1));
      }
    }
    double nearest = closest;
    assertTrue(nearest <= close, () -> "sum of the pieces / step: " + seen);
    if (example.engine() == ONE_THREAD && example.batch() > 1) {
      // what is booked nowhere counts as waiting, of which a single thread has next to none
      double least = leastWaiting;
      assertTrue(least <= MOST_WAITING, () -> "part of the step that nothing took: " + least);
    }
  }

  private static double waiting(StepProfile profile) {
    return profile.parts().stream()
        .filter(part -> part.kind() == StepPart.Kind.WAITING)
        .mapToDouble(StepPart::nanos)
        .sum();
  }

  @Test
  void aSessionThatCannotTakeAStepApartTimesTheWhole() {
    Network network = NetworkText.parse(new Shape(1, 5, 5), "dense 3");
    Workload workload = Workload.draw(network, 4, 1);
    try (Session session = new CpuEngine(1).open(network, 4)) {
      session.load(workload.images());
      Session opaque = new ForwardingSession(session, session.device());
      StepProfile profile = profile(opaque, workload);
      assertEquals(1, profile.parts().size());
      assertEquals(StepPart.Kind.STEP, profile.parts().get(0).kind());
    }
  }

  /** And the steps that follow are as if it had never been. */
  @ParameterizedTest
  @MethodSource("examples")
  void aLossThatIsNotFiniteOrThrowsFails(Example example) {
    Workload workload = Workload.draw(example.network(), example.batch(), 1);
    IllegalArgumentException thrown = new IllegalArgumentException("label 12");
    float[] expected;
    try (Session session = open(example, workload)) {
      step(session, workload);
      expected = session.parameters();
    }
    try (Session session = open(example, workload)) {
      assertThrows(
          EngineException.class,
          () -> profile(session, (logits, dLogits, offset, first, rows) -> false));
      assertArrayEquals(workload.parameters(), session.parameters());
      assertSame(
          thrown,
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  profile(
                      session,
                      (logits, dLogits, offset, first, rows) -> {
                        throw thrown;
                      })));
      assertArrayEquals(workload.parameters(), session.parameters());
      step(session, workload);
      assertArrayEquals(expected, session.parameters());
      session.traffic().ifPresent(traffic -> assertEquals(1, traffic.steps()));
      assertTrue(profile(session, workload).nanos() > 0, "of a step that ends well");
    }
  }

  private static Session open(Example example, Workload workload) {
    Session session = example.engine().open(example.network(), example.batch());
    session.load(workload.images());
    session.setParameters(workload.parameters());
    return session;
  }

  private static void step(Session session, Workload workload) {
    session.step(workload.indices(), 0, session.batch(), loss(workload), LEARNING_RATE);
  }

  private static StepProfile profile(Session session, Workload workload) {
    return profile(session, loss(workload));
  }

  private static StepProfile profile(Session session, LossGradient loss) {
    int[] indices = IntStream.range(0, session.batch()).toArray();
    return session.profile(indices, 0, session.batch(), loss, LEARNING_RATE);
  }

  private static ReferenceLoss loss(Workload workload) {
    return new ReferenceLoss(
        workload.labels(workload.images().count()), workload.network().classes());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
