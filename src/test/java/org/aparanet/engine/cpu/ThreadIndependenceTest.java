package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.Initialization;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The number of threads decides how long a step takes, and nothing else. */
class ThreadIndependenceTest {

  private static final Shape INPUT = new Shape(1, 12, 11);

  @ParameterizedTest
  @CsvSource({
    "1, conv 4 3 relu, 2",
    "3, conv 4 3 relu, 2",
    "37, conv 4 3 relu, 2",
    "64, conv 4 3 relu, 2",
    "150, conv 4 3 relu, 2",
    "37, conv 9 3 same relu, 400", // parameters of several update tasks
    "37, 'conv 4 3 nobias, batchnorm relu, [conv 4 3 same nobias, batchnorm], dropout 0.2', 2",
    "150, 'conv 9 3 same nobias, batchnorm relu, dropout 0.2', 400",
    // so large that threads share a slice
    "5, 'conv 64 3 same relu, conv 64 3 same relu, pool 3 stride 2 pad 1, conv 33 3 stride 2', 400",
    "50, 'conv 64 3 same relu, conv 64 3 same relu', 2", // teams of several threads
    "13, 'conv 64 3 same nobias, batchnorm relu, [conv 70 3 same relu, conv 64 3 same nobias, batchnorm | conv 64 1] relu, leakyrelu 0.1', 2",
    "3, 'conv 64 3 same relu, conv 64 3 same relu, [conv 2 3 same | conv 2 1]', 2",
    "20, 'conv 64 5 same relu, pool 2, conv 64 3 same relu, dropout 0.2, conv 64 3 same relu', 2",
    // a fused pool of a slice that threads share
    "13, 'conv 64 5 same relu, pool 2, conv 256 3 same relu, conv 256 3 same relu', 2"
  })
  void everyNumberOfThreadsGivesTheSameBits(int batch, String convolution, int hidden) {
    Network network =
        NetworkText.parse(INPUT, convolution + ", pool 2, dense " + hidden + " relu, dense 5");
    float[] expected = train(network, batch, 1);
    for (int threads : new int[] {2, 3, 6, 16, 64}) {
      assertArrayEquals(expected, train(network, batch, threads), threads + " threads");
    }
  }

  /** Dense layers whose weights all slices share, beside others and between normalisations. */
  @ParameterizedTest
  @CsvSource({
    "5, 'dense 4200 relu, dense 5'", // large enough to be chosen
    "37, 'conv 4 3, pool 2, dense 5300 relu, dense 130, dense 5'",
    "13, 'conv 4 3 relu, dense 21 relu, dropout 0.2, dense 5'",
    "150, 'conv 4 3 nobias, batchnorm relu, dense 83 relu, dense 19, dense 5'"
  })
  void layersOfTheWholeBatchGiveTheSameBits(int batch, String layers) {
    Network network = NetworkText.parse(INPUT, layers);
    Engine one = new CpuEngine(1, Arithmetic.WHOLE_BATCH);
    float[] expected = train(network, batch, one);
    for (int threads : new int[] {2, 3, 16}) {
      Engine engine = new CpuEngine(threads, Arithmetic.WHOLE_BATCH);
      assertArrayEquals(expected, train(network, batch, engine), threads + " threads");
    }
  }

  @Test
  void largeDenseLayersAreComputedForTheWholeBatch() {
    Assumptions.assumeTrue(LaneSupport.present(), "only where there are vectors");
    assertEquals(List.of(1), wholeBatch("conv 4 3, dense 5300, dense 5"));
    assertEquals(List.of(), wholeBatch("conv 4 3, dense 900, dense 5"), "few weights");
    assertEquals(
        List.of(), wholeBatch("conv 640 1, ".repeat(10) + "pool 2, dense 28"), "more activations");
  }

  @Test
  void fewImagesShareLargeWeights() {
    Assumptions.assumeTrue(LaneSupport.present(), "only where there are vectors");
    int lanes = LaneSupport.operations().lanes();
    assertEquals(lanes, slice("dense 5300, dense 5", 2));
    assertEquals(1, slice("dense 5300, dense 5", 1), "one image reads them once anyway");
    assertEquals(1, slice("dense 530, dense 5", 2), "few weights");
    assertEquals(lanes, slice("conv 256 3 same, conv 256 3 same, dense 5", lanes / 2));
    assertEquals(
        lanes > 4 ? 1 : lanes,
        slice("conv 800 1, conv 800 1, dense 5", 2),
        "more multiply-adds than weights");
  }

  private static int slice(String layers, int batch) {
    Network network = NetworkText.parse(INPUT, layers);
    return CpuLayout.of(network, batch, 2, Arithmetic.AUTO).slice();
  }

  private static List<Integer> wholeBatch(String layers) {
    Network network = NetworkText.parse(INPUT, layers);
    return CpuLayout.of(network, 64, 2, Arithmetic.AUTO).wholeBatch().nodes().stream()
        .map(Node::index)
        .toList();
  }

  /** Parameters after a few steps, the last of them with fewer images, and logits behind them. */
  private static float[] train(Network network, int batch, int threads) {
    return train(network, batch, new CpuEngine(threads));
  }

  private static float[] train(Network network, int batch, Engine engine) {
    Random random = new Random(3);
    byte[] pixels = new byte[batch * INPUT.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = (byte) random.nextInt(5);
    }
    int[] indices = IntStream.range(0, batch).toArray();
    try (Session session = engine.open(network, batch)) {
      session.load(new ImageSet("random", INPUT, pixels, labels, 5));
      session.setParameters(Initialization.HE.draw(network, 1));
      if (network.parameterCount() > network.learnedCount()) { // its gradients' norm counts as well
        session.optimize(new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0.01f, 0.1f), 7);
      }
      for (int count : new int[] {batch, batch, batch, (batch + 1) / 2}) {
        int[] classes = IntStream.range(0, count).map(i -> labels[i]).toArray();
        assertTrue(session.step(indices, 0, count, new ReferenceLoss(classes, 5), 0.05f));
      }
      float[] parameters = session.parameters();
      float[] result = new float[parameters.length + batch * 5];
      session.infer(indices, 0, batch, result);
      System.arraycopy(parameters, 0, result, batch * 5, parameters.length);
      return result;
    }
  }

  @Test
  void threadsShareTheSlicesOfALargeNetworkThatAreTooFewForThem() {
    Assumptions.assumeTrue(LaneSupport.present(), "slices are divided where there are vectors");
    int lanes = LaneSupport.operations().lanes();
    Network large = NamedNetwork.RESNET18.network(new Shape(3, 64, 64), 10);
    assertEquals(4, parts(large, lanes, 2));
    assertEquals(4, parts(large, 3 * lanes, 6), "three teams of two");
    assertEquals(1, parts(large, 3 * lanes, 4), "a quarter less is not worth it");
    assertEquals(1, parts(large, 4 * lanes, 4), "a slice for each thread");
    assertEquals(1, parts(large, lanes, 1));
    assertEquals(
        1,
        parts(NamedNetwork.LENET.network(new Shape(1, 28, 28), 10), lanes, 2),
        "too little work");
  }

  private static int parts(Network network, int batch, int threads) {
    return CpuLayout.of(network, batch, threads, Arithmetic.IMAGES).parts();
  }

  @Test
  void lessThanOneThreadIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new CpuEngine(0));
    assertEquals("0 threads; the Java engine takes 1 to 1024", e.getMessage());
  }
}
