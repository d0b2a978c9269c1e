package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.aparanet.engine.Closeness.assertCloseGradient;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.engine.check.ReferenceOptimizer;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine must do with layers that work differently in training and inference, with
 * layers that have two inputs, with optimizers, and with a state that is taken away and brought
 * back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TrainingContract {

  /** As a part of a tensor's norm; batch normalisation divides by small numbers. */
  private static final double TOLERANCE = 1e-5;

  private static final float RATE = 0.05f;

  /** The engine under test; asked for once for each test. */
  protected abstract Engine engine();

  public static Stream<TestNetwork> networks() {
    return TestNetworks.TRAINING.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  public void stepsAndInferenceAgreeWithTheReference(TestNetwork example) {
    Network network = example.network();
    Workload workload = Workload.apartFromKinks(network, example.batch());
    try (Session session = engine().open(network, example.batch())) {
      session.load(workload.images());
      for (int count : new int[] {example.batch(), example.ragged()}) {
        session.setParameters(workload.parameters());
        session.optimize(Optimizer.SGD, 0);
        float[] inferred = new float[count * network.classes()];
        session.infer(workload.indices(), 0, count, inferred);
        double[][] inference = workload.inference(workload.parameters(), count);
        assertClose(Workload.flat(inference), inferred, TOLERANCE, "inference");

        ReferenceNetwork.Pass expected = workload.reference(count);
        ReferenceLoss loss = new ReferenceLoss(workload.labels(count), network.classes());
        assertTrue(session.step(workload.indices(), 0, count, loss, RATE));
        assertClose(Workload.flat(expected.logits()), loss.logits(), TOLERANCE, "logits");
        float[] gradient = session.gradients();
        float[] updated = session.parameters();
        for (Network.Tensor tensor : network.tensors()) {
          int from = tensor.offset();
          int to = from + tensor.size();
          String what = tensor.name() + " at " + count + " images";
          assertCloseGradient(
              Arrays.copyOfRange(expected.gradient(), from, to),
              Arrays.copyOfRange(gradient, from, to),
              TOLERANCE,
              "gradient of " + what);
          if (from >= network.learnedCount()) {
            assertClose(
                Arrays.copyOfRange(expected.statistics(), from, to),
                Arrays.copyOfRange(updated, from, to),
                TOLERANCE,
                what);
          }
        }
        for (int i = 0; i < network.learnedCount(); i++) {
          double before = workload.parameters()[i];
          double change = (double) RATE * gradient[i];
          double tolerance = 2e-7 * (Math.abs(before) + Math.abs(change));
          assertEquals(before - change, updated[i], tolerance, "parameter " + i);
        }
      }
    }
  }

  public static Stream<Optimizer> optimizers() {
    float none = Float.POSITIVE_INFINITY;
    return Stream.of(
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.01f, none),
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0, 0.05f),
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, none),
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.5f, 0, 0.02f, 0.1f),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, none),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0, 1000),
        new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0, none),
        new Optimizer(Optimizer.Rule.ADAM, 0.8f, 0.9f, 0.01f, 0.1f),
        new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.05f, none),
        Optimizer.SGD.withHeadFactor(3),
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.01f, 0.05f, 4, 1),
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.5f, 0, 0.02f, 0.1f, 0.25, 8),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, none, 3, 0.2),
        new Optimizer(Optimizer.Rule.ADAM, 0.8f, 0.9f, 0.01f, 0.1f, 0.3, 5),
        new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.05f, none, 5, 0.1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  public void optimizersMoveTheParametersAsDefined(Optimizer optimizer) {
    assertMovedAsDefined(optimizer, small(3), 5, 2e-6);
    assertMovedAsDefined(optimizer, small(19), 5, 2e-6);
  }

  /** None in which decay takes back what is left of a clipped gradient: ADAM divides by that. */
  public static Stream<Optimizer> optimizersOfMany() {
    float none = Float.POSITIVE_INFINITY;
    return Stream.of(
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0, none),
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.01f, 0.05f),
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.5f, 0, 0.02f, 0.1f),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, none),
        new Optimizer(Optimizer.Rule.ADAM, 0.8f, 0.9f, 0, 0.1f),
        new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.05f, none),
        Optimizer.SGD.withHeadFactor(0.5),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, 0.1f, 3, 0.5));
  }

  /** So many that several threads share them, and an odd number. */
  @ParameterizedTest
  @MethodSource("optimizersOfMany")
  public void optimizersMoveManyParametersAsDefined(Optimizer optimizer) {
    Network large = NetworkText.parse(new Shape(1, 8, 8), "dense 1101 relu, dense 5");
    assertEquals(1, large.learnedCount() % 2);
    assertMovedAsDefined(optimizer, Workload.draw(large, 19, 1), 2, 5e-6);
  }

  /** A head whose parameters several threads share, each of them with others of its own. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3})
  public void aHeadOfManyParametersMovesAsDefined(double factor) {
    Network network = NetworkText.parse(new Shape(1, 8, 8), "dense 700 relu, dense 101");
    Workload workload = Workload.draw(network, 19, 1);
    assertMovedAsDefined(Optimizer.SGD.withHeadFactor(factor), workload, 2, 5e-6);
    float none = Float.POSITIVE_INFINITY;
    assertMovedAsDefined(
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, none, factor, 1),
        workload,
        2,
        5e-6);
  }

  /** Weight decay is for what is learned: running means and variances follow the batch alone. */
  @Test
  public void optimizersLeaveStatisticsAlone() {
    Network network = NetworkText.parse(new Shape(2, 3, 3), "batchnorm, dense 3");
    Workload workload = Workload.draw(network, 40, 1);
    double[] expected = workload.reference(40).statistics();
    Optimizer decaying = new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.5f, Float.POSITIVE_INFINITY);
    try (Session session = open(workload, decaying)) {
      step(workload, session, 40, RATE);
      float[] updated = session.parameters();
      for (int i = network.learnedCount(); i < updated.length; i++) {
        assertEquals(expected[i], updated[i], 1e-5, "statistic " + i);
      }
    }
  }

  private void assertMovedAsDefined(
      Optimizer optimizer, Workload workload, int steps, double tolerance) {
    Network network = workload.network();
    int batch = workload.images().count();
    double[] expected = doubles(workload.parameters());
    int head = network.headFrom();
    ReferenceOptimizer reference = new ReferenceOptimizer(optimizer, expected.length, head);
    try (Session session = open(workload, optimizer)) {
      for (int step = 1; step <= steps; step++) {
        float rate = RATE / step;
        step(workload, session, batch, rate);
        // with the engine's own gradient, so that errors of the gradient do not add up
        reference.step(expected, doubles(session.gradients()), network.learnedCount(), rate);
        float[] updated = session.parameters();
        for (int i = 0; i < network.learnedCount(); i++) {
          double allowed = tolerance * Math.max(0.1, Math.abs(expected[i]));
          int at = i;
          int number = step;
          assertEquals(
              expected[i], updated[i], allowed, () -> "parameter " + at + " step " + number);
        }
      }
    }
  }

  /**
   * Numbers of parameters that are odd and even, few and so many that several threads share them.
   */
  @ParameterizedTest
  @ValueSource(strings = {"dense 3", "dense 4", "dense 1101 relu, dense 5", "dense 1101, dense 4"})
  public void clippingSeesEachGradient(String text) {
    Network network = NetworkText.parse(new Shape(1, 8, 8), text);
    int classes = network.classes();
    int bias = network.parameterCount() - classes;
    float clip = 0.25f;
    for (int batch : new int[] {3, 40}) {
      // of black images and a network of zeros, the last layer's bias alone has a gradient
      ImageSet black =
          new ImageSet("black", network.input(), new byte[batch * 64], new byte[batch], classes);
      try (Session session = engine().open(network, batch)) {
        session.load(black);
        session.optimize(new Optimizer(Optimizer.Rule.SGD, 0, 0, 0, clip), 0);
        for (int c = 0; c < classes; c++) {
          int own = c;
          LossGradient one =
              (logits, dLogits, offset, first, rows) -> {
                Arrays.fill(dLogits, offset, offset + rows * classes, 0f);
                for (int row = 0; row < rows; row++) {
                  dLogits[offset + row * classes + own] = 2;
                }
                return true;
              };
          session.setParameters(new float[network.parameterCount()]);
          assertTrue(session.step(IntStream.range(0, batch).toArray(), 0, batch, one, 1f));
          float[] expected = new float[network.parameterCount()];
          expected[bias + c] = -clip;
          assertArrayEquals(expected, session.parameters(), 1e-6f, "class " + c + " of " + batch);
        }
      }
    }
  }

  /** One for each number of moments. */
  public static Stream<Optimizer> optimizersByMoments() {
    return Stream.of(
        Optimizer.SGD,
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.5f, 0, 0.02f, 0.1f),
        new Optimizer(Optimizer.Rule.ADAM, 0.8f, 0.9f, 0.01f, 0.1f));
  }

  /** Whatever is done in between: moments belong to the steps of their optimizer alone. */
  @ParameterizedTest
  @MethodSource("optimizersByMoments")
  public void momentsStayWhenParametersAreReplaced(Optimizer optimizer) {
    Workload workload = small(11);
    int count = workload.network().parameterCount();
    float[] logits = new float[11 * workload.network().classes()];
    try (Session session = open(workload, optimizer)) {
      for (int i = 0; i < 2; i++) { // in front of an inference, and behind one
        session.setParameters(workload.parameters());
        assertMoments(new float[count], new float[count], session.state());
        session.infer(workload.indices(), 0, 11, logits);
        assertMoments(new float[count], new float[count], session.state());
        assertEquals(0, session.state().steps());
      }
      step(workload, session, 11, RATE);
      step(workload, session, 11, RATE);
      TrainingState moved = session.state();
      for (int i = 0; i < 2; i++) {
        session.setParameters(workload.parameters());
        TrainingState replaced = session.state();
        assertArrayEquals(workload.parameters(), replaced.parameters());
        assertMoments(moved.firstMoments(), moved.secondMoments(), replaced);
        assertEquals(2, replaced.steps());
        session.infer(workload.indices(), 0, 11, logits);
        assertMoments(moved.firstMoments(), moved.secondMoments(), session.state());
      }
      step(workload, session, 11, RATE);
      TrainingState expected;
      try (Session other = open(workload, optimizer)) {
        other.restore(
            new TrainingState(
                workload.parameters(), moved.firstMoments(), moved.secondMoments(), 2));
        step(workload, other, 11, RATE);
        expected = other.state();
      }
      assertArrayEquals(expected.parameters(), session.parameters());
      assertMoments(expected.firstMoments(), expected.secondMoments(), session.state());
    }
  }

  /** Of an optimizer with fewer than two moments, a state has none in their place. */
  private static void assertMoments(float[] first, float[] second, TrainingState state) {
    assertArrayEquals(Arrays.copyOf(first, state.firstMoments().length), state.firstMoments());
    assertArrayEquals(Arrays.copyOf(second, state.secondMoments().length), state.secondMoments());
  }

  /** Layers that work differently in training and inference, and such with two inputs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv 3 3 same, batchnorm relu, [conv 3 3 same], pool 2, dropout 0.2, dense 6 relu,"
            + " dropout 0.5, dense 4",
        "conv 3 2, avgpool 2 relu, globalpool, dense 4",
        "[batchnorm, relu] relu, [conv 2 3 same relu, dropout 0.5], dense 4"
      })
  public void oneParameterThatIsNotANumberReachesAllLogitsItHasAPartIn(String text) {
    Network network = NetworkText.parse(new Shape(2, 7, 6), text);
    NotANumber.assertReachesTheLogits(engine(), Workload.draw(network, 18, 1));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  public void trainingGoesOnFromAStateBitByBit(Optimizer optimizer) {
    Workload workload = small(11);
    try (Session through = open(workload, optimizer);
        Session resumed = open(workload, optimizer)) {
      step(workload, through, 11, RATE);
      step(workload, through, 11, RATE);
      TrainingState state = through.state();
      assertEquals(2, state.steps());
      step(workload, through, 11, RATE);
      step(workload, through, 7, RATE);

      step(workload, resumed, 5, 3 * RATE); // leaves moments behind that must not matter
      resumed.restore(state);
      Arrays.fill(state.parameters(), 0f); // the state is copied
      Arrays.fill(state.firstMoments(), 0f);
      step(workload, resumed, 11, RATE);
      step(workload, resumed, 7, RATE);
      TrainingState one = through.state();
      TrainingState other = resumed.state();
      assertArrayEquals(one.parameters(), other.parameters());
      assertArrayEquals(one.firstMoments(), other.firstMoments());
      assertArrayEquals(one.secondMoments(), other.secondMoments());
      assertEquals(4, other.steps());
    }
  }

  @Test
  public void newOptimizerForgetsTheMomentsOfTheOld() {
    Optimizer optimizer = new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0, 1f);
    Workload workload = small(4);
    try (Session used = open(workload, optimizer);
        Session fresh = open(workload, optimizer)) {
      step(workload, used, 4, RATE);
      used.optimize(Optimizer.SGD, 3);
      step(workload, used, 4, RATE);
      used.optimize(optimizer, 0);
      used.setParameters(workload.parameters());
      step(workload, used, 4, RATE);
      step(workload, fresh, 4, RATE);
      assertArrayEquals(fresh.parameters(), used.parameters());
      assertEquals(1, used.state().steps());
    }
  }

  @Test
  public void refusedLossLeavesTheWholeStateAsItIs() {
    Optimizer optimizer = new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0.01f, 1f);
    Workload workload = small(11);
    try (Session session = open(workload, optimizer)) {
      step(workload, session, 11, RATE);
      TrainingState before = session.state();
      LossGradient refusing = (logits, dLogits, offset, first, rows) -> first + rows < 11;
      assertFalse(session.step(workload.indices(), 0, 11, refusing, RATE));
      TrainingState after = session.state();
      assertArrayEquals(before.parameters(), after.parameters());
      assertArrayEquals(before.firstMoments(), after.firstMoments());
      assertArrayEquals(before.secondMoments(), after.secondMoments());
      assertEquals(before.steps(), after.steps());
    }
  }

  @Test
  public void droppedElementsChangeFromStepToStepAndWithTheSeed() {
    Workload workload = small(6);
    try (Session session = open(workload, Optimizer.SGD)) {
      float[] first = logits(workload, session);
      float[] second = logits(workload, session); // a rate of 0: the parameters are the same
      assertFalse(Arrays.equals(first, second), "two steps");
      session.setParameters(workload.parameters());
      session.optimize(Optimizer.SGD, 0);
      assertArrayEquals(first, logits(workload, session), "the same step");
      session.setParameters(workload.parameters());
      session.optimize(Optimizer.SGD, 1L << 40);
      assertFalse(Arrays.equals(first, logits(workload, session)), "another seed");
    }
  }

  @Test
  public void inferenceDoesNotDisturbTraining() {
    Workload workload = small(11);
    try (Session calm = open(workload, Optimizer.SGD);
        Session disturbed = open(workload, Optimizer.SGD)) {
      for (int i = 0; i < 3; i++) {
        step(workload, calm, 11, RATE);
        step(workload, disturbed, 11, RATE);
        disturbed.infer(workload.indices(), 2, 5, new float[5 * workload.network().classes()]);
      }
      assertArrayEquals(calm.parameters(), disturbed.parameters());
    }
  }

  @Test
  public void changingImagesAreReadAsTheyAreAtTheTime() {
    Workload workload = small(5);
    Network network = workload.network();
    int size = network.input().size();
    ImageSet all = workload.images();
    ImageSet slots =
        new ImageSet("slots", network.input(), new byte[5 * size], new byte[5], all.classes());
    int[] staged = IntStream.range(5, 10).toArray();
    try (Session session = open(workload, Optimizer.SGD)) {
      assertEquals(5, session.stage(slots));
      for (int round = 0; round < 3; round++) {
        float[] expected = new float[4 * network.classes()];
        session.infer(workload.indices(), 0, 4, expected);
        System.arraycopy(all.pixels(), 0, slots.pixels(), size, 4 * size);
        float[] actual = new float[4 * network.classes()];
        session.infer(staged, 1, 4, actual);
        assertArrayEquals(expected, actual, "round " + round);
        for (int i = 0; i < all.pixels().length; i += 3) {
          slots.pixels()[i] = (byte) (7 * i + round); // seen by nobody, but overwritten above
        }
        ReferenceLoss loss = new ReferenceLoss(workload.labels(5), network.classes());
        assertTrue(session.step(staged, 0, 5, loss, RATE));
      }
      float[] moved = session.parameters();
      try (Session loaded = engine().open(network, 5)) {
        loaded.setParameters(moved);
        loaded.load(slots);
        float[] expected = new float[5 * network.classes()];
        loaded.infer(workload.indices(), 0, 5, expected);
        float[] actual = new float[5 * network.classes()];
        session.infer(staged, 0, 5, actual);
        assertArrayEquals(expected, actual, "the pixels of the last round");
      }
      assertAll(
          () -> assertThrows(IllegalArgumentException.class, () -> session.stage(slots)),
          () -> {
            try (Session small = engine().open(network, 4)) {
              assertThrows(IllegalArgumentException.class, () -> small.stage(slots));
            }
          });
    }
  }

  @Test
  public void statesThatDoNotFitAreRefused() {
    Workload workload = small(2);
    int count = workload.network().parameterCount();
    float[] none = new float[0];
    try (Session session = open(workload, new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, 1f))) {
      assertAll(
          () -> refused(session, new TrainingState(new float[count], none, none, 0)),
          () -> refused(session, new TrainingState(new float[3], new float[3], none, 0)),
          () ->
              refused(
                  session,
                  new TrainingState(new float[count], new float[count], new float[count], 0)));
    }
  }

  private static void refused(Session session, TrainingState state) {
    assertThrows(IllegalArgumentException.class, () -> session.restore(state));
  }

  /** A network with everything that has a state of its own. */
  private static Workload small(int batch) {
    String text =
        "conv 3 3 same nobias, batchnorm relu, [conv 3 3 same], pool 2, dropout 0.2, dense 6 relu,"
            + " dropout 0.5, dense 4";
    return Workload.apartFromKinks(NetworkText.parse(new Shape(2, 7, 6), text), batch);
  }

  private Session open(Workload workload, Optimizer optimizer) {
    Session session = engine().open(workload.network(), workload.images().count());
    session.load(workload.images());
    session.setParameters(workload.parameters());
    session.optimize(optimizer, 0);
    return session;
  }

  private static void step(Workload workload, Session session, int count, float rate) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(count), workload.network().classes());
    assertTrue(session.step(workload.indices(), 0, count, loss, rate));
  }

  private static float[] logits(Workload workload, Session session) {
    int count = workload.images().count();
    ReferenceLoss loss = new ReferenceLoss(workload.labels(count), workload.network().classes());
    assertTrue(session.step(workload.indices(), 0, count, loss, 0f));
    return loss.logits();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
