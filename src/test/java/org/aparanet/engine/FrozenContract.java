package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.aparanet.engine.Closeness.assertCloseGradient;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.engine.check.ReferenceOptimizer;
import org.aparanet.engine.check.RelativeError;
import org.aparanet.engine.check.Workload;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do with a network whose first layers are frozen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FrozenContract {

  /** As a part of a tensor's norm; batch normalisation divides by small numbers. */
  private static final double TOLERANCE = 1e-5;

  private static final float RATE = 0.05f;
  private static final Shape SMALL = new Shape(2, 7, 6);
  private static final String LAYERS =
      "conv 3 3 same nobias, batchnorm relu, [conv 3 3 same], pool 2, dropout 0.2, dense 6 relu,"
          + " dropout 0.5, dense 4";

  /** The engine under test; asked for once for each test. */
  protected abstract Engine engine();

  /**
   * A network, divided.
   *
   * @param frozen number of layers that are frozen
   */
  public record Divided(TestNetwork example, int frozen) {
    @Override
    public String toString() {
      return frozen + " of " + example;
    }
  }

  /** Each network of the contracts, at one of the places where it may be divided. */
  public static Stream<Divided> networks() {
    List<TestNetwork> all = TestNetworks.all().toList();
    return IntStream.range(0, all.size())
        .boxed()
        .flatMap(
            i -> places(all.get(i)).skip(i % Math.max(1, places(all.get(i)).count())).limit(1));
  }

  private static Stream<Divided> places(TestNetwork example) {
    Network network = example.network();
    return IntStream.range(1, network.nodes().size())
        .filter(network::mayDivideBehind)
        .mapToObj(frozen -> new Divided(example, frozen));
  }

  /** Every place of a network with all kinds of layers. */
  public static Stream<Divided> everyPlace() {
    String text =
        "relu, leakyrelu 0.1, conv 5 3 same nobias, batchnorm relu, dropout 0.2, [conv 5 1 | conv 5 3 same]"
            + " relu, avgpool 2, pool 2 stride 1, dropout 0.3, relu, globalpool, dense 6 relu,"
            + " dropout 0.5, dense 4";
    return places(new TestNetwork(new Shape(2, 8, 7), text, 18, 5));
  }

  @ParameterizedTest
  @MethodSource({"networks", "everyPlace"})
  public void stepsAndInferenceAgreeWithTheReference(Divided divided) {
    Network network = divided.example().network();
    int batch = divided.example().batch();
    Frozen reference = Frozen.apartFromKinks(network, divided.frozen(), batch);
    Workload workload = reference.workload;
    try (Session session =
        new FrozenLayers(divided.frozen(), true).open(engine(), network, batch)) {
      session.load(workload.images());
      for (int count : new int[] {batch, divided.example().ragged()}) {
        session.setParameters(workload.parameters());
        session.optimize(Optimizer.SGD, 0);
        float[] inferred = new float[count * network.classes()];
        session.infer(workload.indices(), 0, count, inferred);
        double[][] inference = workload.inference(workload.parameters(), count);
        assertClose(Workload.flat(inference), inferred, TOLERANCE, "inference");

        ReferenceNetwork.Pass expected = reference.pass(count, 0);
        ReferenceLoss loss = new ReferenceLoss(workload.labels(count), network.classes());
        assertTrue(session.step(workload.indices(), 0, count, loss, RATE));
        assertClose(Workload.flat(expected.logits()), loss.logits(), TOLERANCE, "logits");
        float[] gradient = session.gradients();
        float[] updated = session.parameters();
        for (Network.Node node : network.nodes()) {
          for (Network.Tensor tensor : node.tensors()) {
            String what = tensor.name() + " at " + count + " images";
            float[] own = own(tensor, gradient);
            float[] before = own(tensor, workload.parameters());
            if (node.index() < divided.frozen()) {
              assertArrayEquals(new float[tensor.size()], own, what);
              assertArrayEquals(before, own(tensor, updated), what);
            } else {
              Network.Tensor behind = reference.behind(node, tensor);
              assertCloseGradient(
                  own(behind, expected.gradient()), own, TOLERANCE, "gradient of " + what);
              double[] moved = own(behind, expected.statistics()); // they alone differ
              for (int i = 0; i < own.length; i++) {
                moved[i] -= RATE * (double) own[i];
              }
              assertClose(moved, own(tensor, updated), TOLERANCE, what);
            }
          }
        }
      }
    }
  }

  /** In a prefix without normalisation and dropout, nothing but the update differs. */
  @Test
  public void gradientsAreThoseOfTheWholeNetwork() {
    Network network =
        NetworkText.parse(SMALL, "conv 4 3 same relu, pool 2, conv 3 3 relu, dense 4");
    Workload workload = Workload.apartFromKinks(network, 18);
    ReferenceNetwork.Pass expected = workload.reference(18);
    try (Session session = open(workload, Optimizer.SGD, 3)) {
      step(workload, session, 18);
      float[] gradient = session.gradients();
      for (Network.Tensor tensor : network.nodes().get(3).tensors()) {
        double distance = RelativeError.of(own(tensor, expected.gradient()), own(tensor, gradient));
        assertTrue(distance < 1e-6, () -> tensor.name() + " is off by " + distance);
      }
    }
  }

  public static Stream<Optimizer> optimizers() {
    float none = Float.POSITIVE_INFINITY;
    return Stream.of(
        new Optimizer(Optimizer.Rule.SGD, 0, 0, 0.01f, 0.1f),
        new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0.02f, 0.1f),
        new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0.005f, none),
        new Optimizer(Optimizer.Rule.ADAMW, 0.9f, 0.999f, 0.05f, 0.1f));
  }

  /** Six steps in a row, each with the dropout that the whole network would have. */
  @ParameterizedTest
  @MethodSource("optimizers")
  public void trainingIsThatOfAnUndividedNetworkWhoseFirstGradientsAreZero(Optimizer optimizer) {
    Network network = NetworkText.parse(SMALL, LAYERS);
    int frozen = 5; // up to the residual sum
    Frozen reference = Frozen.apartFromKinks(network, frozen, 11);
    Workload workload = reference.workload;
    double[] expected = reference.parameters.clone();
    ReferenceOptimizer moving = new ReferenceOptimizer(optimizer, expected.length, expected.length);
    try (Session session = open(workload, optimizer, frozen)) {
      for (int step = 0; step < 6; step++) {
        ReferenceNetwork.Pass pass = reference.pass(expected, 11, step);
        assertTrue(pass.margin() > 1e-5, "step " + step + " is near a kink");
        moving.step(expected, pass.gradient(), expected.length, RATE);
        step(workload, session, 11);
      }
      float[] trained = session.parameters();
      for (Network.Node node : network.nodes().subList(frozen, network.nodes().size())) {
        for (Network.Tensor tensor : node.tensors()) {
          double distance =
              RelativeError.of(own(reference.behind(node, tensor), expected), own(tensor, trained));
          double allowed = optimizer.rule() == Optimizer.Rule.ADAMW ? 2e-5 : 1e-6; // it divides
          assertTrue(distance < allowed, () -> tensor.name() + " is off by " + distance);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  public void trainingGoesOnFromAStateBitByBit(Optimizer optimizer) {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, LAYERS), 11, 1);
    Network network = workload.network();
    int[] frozen =
        network.nodes().subList(0, 3).stream()
            .flatMap(node -> node.tensors().stream())
            .flatMapToInt(t -> IntStream.range(t.offset(), t.offset() + t.size()))
            .toArray();
    try (Session through = open(workload, optimizer, 3);
        Session resumed = open(workload, optimizer, 3)) {
      step(workload, through, 11);
      TrainingState state = through.state();
      step(workload, through, 7);
      step(workload, resumed, 5);
      resumed.restore(state);
      step(workload, resumed, 7);
      TrainingState one = through.state();
      TrainingState other = resumed.state();
      assertArrayEquals(one.parameters(), other.parameters());
      assertArrayEquals(one.firstMoments(), other.firstMoments());
      assertArrayEquals(one.secondMoments(), other.secondMoments());
      assertEquals(2, other.steps());
      for (int i : frozen) {
        assertEquals(workload.parameters()[i], one.parameters()[i], "parameter " + i);
        for (float[] moments : List.of(one.firstMoments(), one.secondMoments())) {
          assertEquals(0, moments.length == 0 ? 0 : moments[i], "moment " + i);
        }
      }
      assertFalse(Arrays.equals(workload.parameters(), one.parameters()));
    }
  }

  /** Kept, computed for each batch, and of images that change; in another order, too. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 9})
  public void outputsAreTheSameToTheBitWheneverTheyAreComputed(int frozen) {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, LAYERS), 23, 1);
    int classes = workload.network().classes();
    int[][] batches = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {22, 3, 17}, {5}, {3, 0, 22, 3, 11, 19}};
    List<float[]> results = new ArrayList<>();
    for (String how : List.of("kept", "each", "changing")) {
      try (Session session =
          new FrozenLayers(frozen, !how.equals("each")).open(engine(), workload.network(), 11)) {
        session.setParameters(workload.parameters());
        ImageSet all = workload.images();
        int size = all.shape().size();
        ImageSet places = new ImageSet("places", all.shape(), new byte[11 * size], new byte[11], 4);
        int first = how.equals("changing") ? session.stage(places) : session.load(all);
        for (int[] batch : batches) {
          int[] indices = Arrays.stream(batch).map(i -> first + i).toArray();
          if (how.equals("changing")) {
            for (int i = 0; i < batch.length; i++) {
              all.copy(batch[i], places.pixels(), i * size);
              indices[i] = first + i;
            }
          }
          int[] labels = Arrays.stream(batch).map(all::label).toArray();
          ReferenceLoss loss = new ReferenceLoss(labels, classes);
          assertTrue(session.step(indices, 0, batch.length, loss, RATE));
          float[] logits = new float[batch.length * classes];
          session.infer(indices, 0, batch.length, logits);
          results.add(logits);
        }
        results.add(session.parameters());
      }
    }
    for (int i = 0; i < results.size() / 3; i++) {
      assertArrayEquals(results.get(i), results.get(i + results.size() / 3), "each, " + i);
      assertArrayEquals(results.get(i), results.get(i + 2 * results.size() / 3), "changing, " + i);
    }
  }

  /** Where a device computes losses; the places of a batch are used again in each step. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  public void lossesOnTheDeviceAreOfTheSameImages(boolean kept) {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, LAYERS), 11, 1);
    FrozenLayers layers = new FrozenLayers(5, kept);
    try (Session host = layers.open(engine(), workload.network(), 4);
        Session device = layers.open(engine(), workload.network(), 4)) {
      for (Session session : List.of(host, device)) {
        session.load(workload.images());
        session.setParameters(workload.parameters());
        session.optimize(Optimizer.SGD, 0);
      }
      Optional<LossOnDevice> losses = device.lossOnDevice();
      if (losses.isEmpty()) {
        return; // the host is the device
      }
      for (int from : new int[] {0, 4, 7}) {
        int[] labels = Arrays.copyOfRange(workload.labels(11), from, from + 4);
        losses.get().step(workload.indices(), from, 4, labels, 0, RATE);
        ReferenceLoss loss = new ReferenceLoss(labels, workload.network().classes());
        assertTrue(host.step(workload.indices(), from, 4, loss, RATE));
      }
      assertEquals(3, losses.get().outcomes().size());
      assertArrayEquals(host.parameters(), device.parameters(), 1e-5f);
    }
  }

  @Test
  public void outputsFollowOtherParameters() {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, LAYERS), 5, 1);
    float[] others = Workload.draw(workload.network(), 5, 2).parameters();
    float[] logits = new float[5 * workload.network().classes()];
    try (Session session = open(workload, Optimizer.SGD, 5)) {
      session.infer(workload.indices(), 0, 5, logits);
      session.setParameters(others);
      session.infer(workload.indices(), 0, 5, logits);
      assertClose(Workload.flat(workload.inference(others, 5)), logits, TOLERANCE, "others");
      session.restore(TrainingState.start(workload.parameters(), Optimizer.SGD));
      session.infer(workload.indices(), 0, 5, logits);
      assertClose(
          Workload.flat(workload.inference(workload.parameters(), 5)),
          logits,
          TOLERANCE,
          "as before");
    }
  }

  @Test
  public void aClosedSessionComputesNothing() {
    Workload workload = Workload.draw(NetworkText.parse(SMALL, LAYERS), 5, 1);
    Session session = open(workload, Optimizer.SGD, 5);
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, () -> step(workload, session, 5));
    assertThrows(
        IllegalStateException.class,
        () -> session.infer(workload.indices(), 0, 5, new float[5 * 4]));
  }

  private Session open(Workload workload, Optimizer optimizer, int frozen) {
    Session session =
        new FrozenLayers(frozen, true)
            .open(engine(), workload.network(), workload.images().count());
    session.load(workload.images());
    session.setParameters(workload.parameters());
    session.optimize(optimizer, 0);
    return session;
  }

  private static void step(Workload workload, Session session, int count) {
    ReferenceLoss loss = new ReferenceLoss(workload.labels(count), workload.network().classes());
    assertTrue(session.step(workload.indices(), 0, count, loss, RATE));
  }

  /** The reference: inference of the frozen layers, then training of those behind. */
  private static final class Frozen {
    private final Workload workload;
    private final Network first;
    private final Network second;
    private final double[][] outputs;
    private final double[] parameters; // of the layers behind

    private Frozen(Workload workload, int frozen) {
      this.workload = workload;
      Network network = workload.network();
      first = network.first(frozen);
      second = network.behind(frozen);
      double[] ofFirst = new double[first.parameterCount()];
      parameters = new double[second.parameterCount()];
      for (Network.Node node : network.nodes()) {
        boolean before = node.index() < frozen;
        for (Network.Tensor tensor : node.tensors()) {
          Network.Tensor part = part(before ? first : second, before ? 0 : frozen, node, tensor);
          for (int i = 0; i < tensor.size(); i++) {
            (before ? ofFirst : parameters)[part.offset() + i] =
                workload.parameters()[tensor.offset() + i];
          }
        }
      }
      double[][] images =
          IntStream.range(0, workload.images().count())
              .mapToObj(i -> ReferenceNetwork.pixels(network, workload.images(), i))
              .toArray(double[][]::new);
      outputs = new ReferenceNetwork(first).infer(ofFirst, images);
    }

    static Frozen apartFromKinks(Network network, int frozen, int count) {
      for (long seed = 1; seed < 1000; seed++) {
        Frozen drawn = new Frozen(Workload.draw(network, count, seed), frozen);
        if (drawn.pass(count, 0).margin() > Workload.MARGIN) {
          return drawn;
        }
      }
      throw new IllegalStateException("no seed keeps " + network.text() + " away from kinks");
    }

    private static Network.Tensor part(
        Network part, int before, Network.Node node, Network.Tensor tensor) {
      return part.nodes().get(node.index() - before).tensors().get(node.tensors().indexOf(tensor));
    }

    /** A tensor's place among the parameters of the layers behind. */
    Network.Tensor behind(Network.Node node, Network.Tensor tensor) {
      return part(second, second.before(), node, tensor);
    }

    ReferenceNetwork.Pass pass(int count, long step) {
      return pass(parameters, count, step);
    }

    ReferenceNetwork.Pass pass(double[] values, int count, long step) {
      return new ReferenceNetwork(second)
          .run(values, Arrays.copyOf(outputs, count), workload.labels(count), 0, step);
    }
  }

  private static float[] own(Network.Tensor tensor, float[] flat) {
    return Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.size());
  }

  private static double[] own(Network.Tensor tensor, double[] flat) {
    return Arrays.copyOfRange(flat, tensor.offset(), tensor.offset() + tensor.size());
  }
}
