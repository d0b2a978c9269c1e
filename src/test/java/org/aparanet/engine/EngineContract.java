package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.engine.check.Workload;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine must do: the networks below as {@link ReferenceNetwork} does them, and the
 * promises of {@link Session}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {

  /**
   * Allowed distance from the reference, as a part of the tensor's norm. The Java engine stays
   * below 5e-7; a factor of 1.001 in any operation is far above.
   */
  private static final double TOLERANCE = 3e-6;

  private static final Shape SMALL = new Shape(2, 7, 6);
  private static final String SMALL_NETWORK =
      "conv 3 3 same relu, pool 3 stride 2, conv 4 2 relu, dense 6 relu, dense 4";

  /** The engine under test; asked for once for each test. */
  protected abstract Engine engine();

  public static Stream<TestNetwork> networks() {
    return TestNetworks.PLAIN.stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  public void agreesWithTheReference(TestNetwork example) {
    Network network = example.network();
    Workload workload = Workload.apartFromKinks(network, example.batch());
    try (Session session = engine().open(network, example.batch())) {
      assertEquals(0, session.load(workload.images()));
      for (int count : new int[] {example.batch(), example.ragged()}) {
        session.setParameters(workload.parameters());
        int[] labels = workload.labels(count);
        ReferenceNetwork.Pass expected = workload.reference(count);
        ReferenceLoss loss = new ReferenceLoss(labels, network.classes());
        float learningRate = 0.5f;

        float[] inferred = new float[count * network.classes()];
        session.infer(workload.indices(), 0, count, inferred);
        assertTrue(session.step(workload.indices(), 0, count, loss, learningRate));

        int[] once = new int[count];
        Arrays.fill(once, 1);
        assertArrayEquals(once, loss.calls(), "how often each row was handed over");
        assertClose(Workload.flat(expected.logits()), loss.logits(), TOLERANCE, "logits");
        assertArrayEquals(loss.logits(), inferred, "infer gives the logits of step");
        float[] gradient = session.gradients();
        float[] updated = session.parameters();
        assertEquals(network.parameterCount(), gradient.length);
        for (Network.Tensor tensor : network.tensors()) {
          int from = tensor.offset();
          int to = from + tensor.size();
          double[] expectedGradient = Arrays.copyOfRange(expected.gradient(), from, to);
          assertClose(
              expectedGradient,
              Arrays.copyOfRange(gradient, from, to),
              TOLERANCE,
              "gradient " + tensor);
        }
        for (int i = 0; i < updated.length; i++) {
          double before = workload.parameters()[i];
          double change = (double) learningRate * gradient[i];
          assertEquals(
              before - change,
              updated[i],
              2e-7 * (Math.abs(before) + Math.abs(change)),
              "parameter " + i + " after the step");
        }
      }
    }
  }

  @Test
  public void gradientOfReluAtZeroIsZero() {
    Network network = NetworkText.parse(new Shape(1, 3, 3), "conv 2 2 relu, dense 3");
    Workload workload = Workload.draw(network, 2, 5);
    Network.Tensor filters = network.tensors().get(0);
    Network.Tensor bias = network.tensors().get(1);
    Arrays.fill(workload.parameters(), 0, bias.offset() + bias.size(), 0f); // so ReLU sees zeros
    try (Session session = engine().open(network, 2)) {
      start(workload, session);
      step(workload, session, 2);
      float[] gradient = session.gradients();
      for (int i = 0; i < filters.size() + bias.size(); i++) {
        assertEquals(0f, gradient[i], "element " + i);
      }
    }
  }

  /**
   * A pooling window in its own ways through the engines, and whether negative values get there.
   */
  private record Window(String layers, int size, boolean negative) {
    @Override
    public String toString() {
      return layers;
    }

    /** An image has a window, and a channel for each of the window's places. */
    Shape input() {
      return new Shape(size * size, size, size);
    }
  }

  public static Stream<Object> windows() {
    return Stream.of(
        new Window("conv 1 1 nobias, pool 2", 2, true),
        new Window("conv 1 1 nobias relu, pool 2", 2, false),
        new Window("conv 1 1 nobias, pool 2 relu", 2, false),
        new Window("conv 1 1 nobias, pool 2 stride 1", 2, true),
        new Window("conv 1 1 nobias relu, pool 2 stride 1", 2, false),
        new Window("conv 1 1 nobias, pool 3", 3, true),
        new Window("conv 1 1 nobias, pool 3 stride 1 relu", 3, false));
  }

  /**
   * Each image has some places that share the maximum. Only a place's own channel is bright there,
   * so that the gradient of the filter tells which place it went to.
   */
  @ParameterizedTest
  @MethodSource("windows")
  public void gradientOfMaxPoolGoesToTheFirstMaximumInRowMajorOrder(Object value) {
    Window window = (Window) value;
    Network network = NetworkText.parse(window.input(), window.layers() + ", dense 1");
    int places = network.input().channels();
    List<Integer> ties = ties(places);
    int count = ties.size();
    for (boolean negative : window.negative() ? new boolean[] {false, true} : new boolean[1]) {
      float[] parameters = new float[places + 2];
      Arrays.fill(parameters, 0, places, negative ? -1 : 1);
      parameters[places] = 1;
      int largest = negative ? 100 : 200;
      byte[] pixels = new byte[count * network.input().size()];
      for (int image = 0; image < count; image++) {
        for (int place = 0; place < places; place++) {
          boolean tied = (ties.get(image) >> place & 1) == 1;
          pixels[(image * places + place) * places + place] =
              (byte) (tied ? largest : 300 - largest);
        }
      }
      ImageSet images = new ImageSet("ties", network.input(), pixels, new byte[count], 1);
      int[] indices = IntStream.range(0, count).toArray();
      try (Session session = engine().open(network, count)) {
        session.load(images);
        session.setParameters(parameters);
        for (int image = 0; image < count; image++) {
          int row = image;
          LossGradient ofOneRow =
              (logits, dLogits, offset, first, rows) -> {
                Arrays.fill(dLogits, offset, offset + rows, 0f);
                if (first <= row && row < first + rows) {
                  dLogits[offset + row - first] = 1;
                }
                return true;
              };
          assertTrue(session.step(indices, 0, count, ofOneRow, 0f));
          float[] expected = new float[places];
          expected[Integer.numberOfTrailingZeros(ties.get(image))] = largest / 255f;
          assertArrayEquals(
              expected,
              Arrays.copyOf(session.gradients(), places),
              1e-6f,
              () -> "largest at the places " + Integer.toBinaryString(ties.get(row)));
        }
      }
    }
  }

  /** Sets of places, as bits: all sets of two of them or more, or of many places the pairs. */
  private static List<Integer> ties(int places) {
    int all = (1 << places) - 1;
    return IntStream.rangeClosed(1, all)
        .filter(
            bits -> {
              int count = Integer.bitCount(bits);
              return count == 2 || bits == all || count > 2 && places <= 4;
            })
        .boxed()
        .toList();
  }

  /**
   * A bright place is not a number, as the difference of two sums that are too large; the others
   * are 0. Images with each place bright in turn, with all of them and with none.
   */
  @ParameterizedTest
  @MethodSource("windows")
  public void aValueThatIsNotANumberComesThroughAWindow(Object value) {
    Window window = (Window) value;
    int places = window.size() * window.size();
    Network network =
        NetworkText.parse(
            new Shape(2, window.size(), window.size()),
            "conv 2 1 nobias, " + window.layers() + ", dense 2");
    float[] parameters = {3e38f, 3e38f, 3e38f, 3e38f, 1, -1, 1, -1, 0, 0};
    int kinds = places + 2; // the last one is black
    int count = 2 * kinds;
    byte[] pixels = new byte[count * 2 * places];
    for (int image = 0; image < count; image++) {
      int bright = image % kinds;
      for (int i = 0; i < 2 * places; i++) {
        if (bright == places || i % places == bright) {
          pixels[image * 2 * places + i] = (byte) 255;
        }
      }
    }
    ImageSet images = new ImageSet("bright", network.input(), pixels, new byte[count], 2);
    int[] indices = IntStream.range(0, count).toArray();
    try (Session session = engine().open(network, count)) {
      session.load(images);
      session.setParameters(parameters);
      float[] logits = new float[count * 2];
      session.infer(indices, 0, count, logits);
      for (int i = 0; i < logits.length; i++) {
        int kind = i / 2 % kinds;
        assertEquals(kind <= places, Float.isNaN(logits[i]), () -> "bright at " + kind);
      }
    }
  }

  @Test
  public void valuesThatAreNotNumbersReachTheLogitsWithoutAFailure() {
    Workload workload = small(3);
    Arrays.fill(workload.parameters(), Float.NaN);
    try (Session session = engine().open(workload.network(), 3)) {
      start(workload, session);
      float[] logits = new float[3 * 4];
      session.infer(workload.indices(), 0, 3, logits);
      for (float logit : logits) {
        assertTrue(Float.isNaN(logit), () -> Arrays.toString(logits));
      }
    }
  }

  /** One parameter that is no number, in each tensor, whatever layers are behind it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        SMALL_NETWORK,
        "conv 3 2 relu, dense 4",
        "conv 3 3 same, pool 2 relu, dense 4",
        "conv 9 3 same relu, conv 9 3 same relu, pool 2, relu, dense 4",
        "dense 5 relu, relu, dense 3 relu, dense 4"
      })
  public void oneParameterThatIsNotANumberReachesAllLogitsItHasAPartIn(String text) {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, text), 3, 1);
    NotANumber.assertReachesTheLogits(engine(), workload);
  }

  @Test
  public void refusedLossLeavesTheParametersAsTheyAre() {
    Workload workload = small(11);
    try (Session session = engine().open(workload.network(), 11)) {
      start(workload, session);
      step(workload, session, 11);
      float[] before = session.parameters();
      int classes = workload.network().classes();
      boolean updated =
          session.step(
              workload.indices(),
              0,
              11,
              (logits, dLogits, offset, first, rows) -> {
                Arrays.fill(dLogits, offset, offset + rows * classes, Float.NaN);
                return first + rows < 11; // only the last row's loss is not finite
              },
              0.1f);
      assertFalse(updated);
      assertArrayEquals(before, session.parameters());
      step(workload, session, 11);
      assertArrayEquals(after(workload, engine(), 2), session.parameters(), "the step after it");
    }
  }

  @Test
  public void exceptionOfTheLossReachesTheCallerAndTheSessionGoesOn() {
    Workload workload = small(11);
    IllegalArgumentException thrown = new IllegalArgumentException("label 12");
    try (Session session = engine().open(workload.network(), 11)) {
      start(workload, session);
      LossGradient failing =
          (logits, dLogits, offset, first, rows) -> {
            throw thrown;
          };
      assertSame(
          thrown,
          assertThrows(
              IllegalArgumentException.class,
              () -> session.step(workload.indices(), 0, 11, failing, 0.1f)));
      assertArrayEquals(workload.parameters(), session.parameters());
      step(workload, session, 11);
      assertArrayEquals(after(workload, engine(), 1), session.parameters());
    }
  }

  /** Whether the batch is one slice of the Java engine or several. */
  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  public void thereIsAGradientOnlyBehindAStepThatEndedWell(int batch) {
    Workload workload = small(batch);
    try (Session session = engine().open(workload.network(), batch)) {
      start(workload, session);
      assertThrows(IllegalStateException.class, session::gradients, "before the first step");
      step(workload, session, batch);
      float[] gradients = session.gradients();

      LossGradient refusing = (logits, dLogits, offset, first, rows) -> false;
      assertFalse(session.step(workload.indices(), 0, batch, refusing, 0.1f));
      assertThrows(IllegalStateException.class, session::gradients, "behind a refused loss");

      session.setParameters(workload.parameters());
      step(workload, session, batch);
      assertArrayEquals(gradients, session.gradients());
      LossGradient throwing =
          (logits, dLogits, offset, first, rows) -> {
            throw new IllegalArgumentException("label 12");
          };
      assertThrows(
          IllegalArgumentException.class,
          () -> session.step(workload.indices(), 0, batch, throwing, 0.1f));
      assertThrows(IllegalStateException.class, session::gradients, "behind an exception");

      session.setParameters(workload.parameters());
      step(workload, session, batch);
      assertArrayEquals(gradients, session.gradients());
    }
  }

  @Test
  public void imagesOfSeveralSetsAreNumberedOn() {
    Workload workload = small(7);
    int size = workload.network().input().size();
    try (Session session = engine().open(workload.network(), 7)) {
      session.setParameters(workload.parameters());
      ImageSet all = workload.images();
      assertEquals(0, session.load(all.first(3)));
      ImageSet rest =
          new ImageSet(
              "rest",
              all.shape(),
              Arrays.copyOfRange(all.pixels(), 3 * size, 7 * size),
              Arrays.copyOfRange(all.labels(), 3, 7),
              all.classes());
      assertEquals(3, session.load(rest));
      assertEquals(7, session.load(all));
      float[] logits = new float[7 * 4];
      session.infer(workload.indices(), 0, 7, logits);
      assertClose(
          Workload.flat(workload.reference(7).logits()), logits, TOLERANCE, "logits over two sets");

      float[] again = new float[7 * 4];
      session.infer(IntStream.range(7, 14).toArray(), 0, 7, again);
      assertArrayEquals(logits, again, "the same images in the third set");
    }
  }

  @Test
  public void imagesAreTakenInTheGivenOrderFromTheGivenPlace() {
    Workload workload = small(6);
    try (Session session = engine().open(workload.network(), 6)) {
      start(workload, session);
      float[] straight = new float[6 * 4];
      session.infer(workload.indices(), 0, 6, straight);
      int[] order = {5, 5, 0, 3, 3, 1};
      float[] logits = new float[4 * 4];
      session.infer(order, 2, 4, logits);
      for (int row = 0; row < 4; row++) {
        int image = order[2 + row];
        assertClose(
            doubles(Arrays.copyOfRange(straight, image * 4, image * 4 + 4)),
            Arrays.copyOfRange(logits, row * 4, row * 4 + 4),
            TOLERANCE,
            "row " + row);
      }
    }
  }

  @Test
  public void inferenceLeavesParametersAndGradientsAsTheyAre() {
    Workload workload = small(5);
    try (Session session = engine().open(workload.network(), 5)) {
      start(workload, session);
      step(workload, session, 5);
      float[] parameters = session.parameters();
      float[] gradients = session.gradients();
      session.infer(workload.indices(), 1, 3, new float[3 * 4]);
      assertArrayEquals(parameters, session.parameters());
      assertArrayEquals(gradients, session.gradients());
    }
  }

  @Test
  public void parametersComeBackAsTheyWereSet() {
    Workload workload = small(1);
    try (Session session = engine().open(workload.network(), 1)) {
      float[] given = workload.parameters().clone();
      session.setParameters(given);
      Arrays.fill(given, 0f);
      float[] returned = session.parameters();
      assertArrayEquals(workload.parameters(), returned, "set parameters are copied");
      Arrays.fill(returned, 0f);
      assertArrayEquals(workload.parameters(), session.parameters(), "parameters are copied");
    }
  }

  @Test
  public void theSameStepsGiveTheSameBits() {
    Workload workload = small(13);
    assertArrayEquals(after(workload, engine(), 5), after(workload, engine(), 5));
  }

  @Test
  public void twoSessionsAtOnceDoNotDisturbEachOther() {
    Workload one = small(5);
    Network other = NetworkText.parse(new Shape(1, 6, 6), "conv 3 3 relu, pool 2, dense 3");
    Workload two = Workload.draw(other, 4, 21);
    try (Session first = engine().open(one.network(), 5);
        Session second = engine().open(other, 4)) {
      start(one, first);
      start(two, second);
      for (int i = 0; i < 3; i++) {
        step(one, first, 5);
        step(two, second, 4);
      }
      assertArrayEquals(after(one, engine(), 3), first.parameters());
      assertArrayEquals(after(two, engine(), 3), second.parameters());
    }
  }

  @Test
  public void sessionSaysWhatItIs() {
    Workload workload = small(3);
    Engine engine = engine();
    try (Session session = engine.open(workload.network(), 3)) {
      assertEquals(engine.device(), session.device());
      assertEquals(workload.network(), session.network());
      assertEquals(3, session.batch());
    }
  }

  @Test
  public void argumentsThatDoNotFitAreRefused() {
    Workload workload = small(4);
    Network network = workload.network();
    ImageSet wrong = new ImageSet("wide", new Shape(2, 7, 7), new byte[98], new byte[1], 4);
    try (Session session = engine().open(network, 4)) {
      start(workload, session);
      float[] logits = new float[4 * 4];
      LossGradient loss = (values, dLogits, offset, first, rows) -> true;
      int[] indices = workload.indices();
      assertAll(
          () -> refused("0", () -> engine().open(network, 0)),
          () -> refused("0", () -> session.infer(indices, 0, 0, logits)),
          () -> refused("5", () -> session.infer(new int[5], 0, 5, new float[20])),
          () -> refused("5", () -> session.step(new int[5], 0, 5, loss, 0.1f)),
          () -> refused("-1", () -> session.infer(indices, -1, 2, logits)),
          () -> refused("3", () -> session.infer(indices, 3, 2, logits)),
          () -> refused("-7", () -> session.infer(new int[] {-7}, 0, 1, logits)),
          () -> refused("4", () -> session.step(new int[] {4}, 0, 1, loss, 0.1f)),
          () -> refused("15", () -> session.infer(indices, 0, 4, new float[15])),
          () -> refused("3", () -> session.setParameters(new float[3])),
          () -> {
            EngineException e = assertThrows(EngineException.class, () -> session.load(wrong));
            assertTrue(e.getMessage().contains("2x7x7"), e.getMessage());
          });
      step(workload, session, 4);
      assertArrayEquals(after(workload, engine(), 1), session.parameters(), "nothing was changed");
    }
  }

  @Test
  public void closedSessionRefusesWorkAndMayBeClosedAgain() {
    Workload workload = small(2);
    Session session = engine().open(workload.network(), 2);
    start(workload, session);
    step(workload, session, 2);
    TrainingState state = session.state();
    session.close();
    session.close();
    LossGradient loss = (values, dLogits, offset, first, rows) -> true;
    assertAll(
        () -> closed(() -> session.load(workload.images())),
        () -> closed(() -> session.stage(workload.images())),
        () -> closed(() -> session.optimize(Optimizer.SGD, 1)),
        () -> closed(() -> session.restore(state)),
        () -> closed(session::state),
        () -> closed(() -> session.profile(workload.indices(), 0, 1, loss, 0.1f)),
        () -> closed(() -> session.setParameters(workload.parameters())),
        () -> closed(session::parameters),
        () -> closed(session::gradients),
        () -> closed(() -> session.step(workload.indices(), 0, 1, loss, 0.1f)),
        () -> closed(() -> session.infer(workload.indices(), 0, 1, new float[4])));
  }

  private static void refused(String value, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(value), () -> message + " does not name " + value);
  }

  private static void closed(Executable call) {
    assertThrows(IllegalStateException.class, call);
  }

  private static Workload small(int batch) {
    return Workload.apartFromKinks(NetworkText.parse(SMALL, SMALL_NETWORK), batch);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static void start(Workload workload, Session session) {
    session.load(workload.images());
    session.setParameters(workload.parameters());
  }

  private static void step(Workload workload, Session session, int count) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(count), workload.network().classes());
    assertTrue(session.step(workload.indices(), 0, count, loss, 0.1f));
  }

  /** The parameters after some steps with all images in a session of their own. */
  private static float[] after(Workload workload, Engine engine, int steps) {
    int count = workload.images().count();
    try (Session session = engine.open(workload.network(), count)) {
      start(workload, session);
      for (int i = 0; i < steps; i++) {
        step(workload, session, count);
      }
      return session.parameters();
    }
  }
}
