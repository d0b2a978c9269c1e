package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializationTest {
  private static final Shape MNIST = new Shape(1, 28, 28);

  /**
   * Every tensor's gain squared is 2 where ReLU follows, also behind a pool, 2 / (1 + slope²) where
   * a leaky ReLU does, and 1 elsewhere.
   */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0.weight | conv 512 5, dense 10                   | 0.2",
        "0.weight | conv 512 5 relu, dense 10              | 0.28284271",
        "0.weight | conv 512 5, pool 2 relu, dense 10      | 0.28284271",
        "0.weight | conv 512 5, pool 2, pool 2, relu, dense 10 | 0.28284271",
        "0.weight | conv 512 5, pool 2, dense 10           | 0.2",
        "0.weight | conv 512 5, leakyrelu 0.2, dense 10    | 0.27735010",
        "1.weight | dense 100 relu, dense 10               | 0.05050763",
        "3.weight | dense 128 relu, dense 100              | 0.08838835",
      })
  void heDeviationFollowsFanInAndRelu(String tensor, String text, double deviation) {
    assertDrawn(Initialization.HE, NetworkText.parse(MNIST, text), tensor, deviation);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0.weight | conv 1024 3, dense 10          | 0.11111111",
        "2.weight | conv 8 3 relu, conv 128 3x5, dense 10 | 0.06666667",
        "1.weight | dense 100                      | 0.00127551",
      })
  void articleDividesByFilterAreaOrInputs(String tensor, String text, double deviation) {
    assertDrawn(Initialization.ARTICLE, NetworkText.parse(MNIST, text), tensor, deviation);
  }

  @ParameterizedTest
  @EnumSource(Initialization.class)
  void theSeedFixesEveryValue(Initialization initialization) {
    Network network = NamedNetwork.LENET.network(MNIST, 10);
    float[] drawn = initialization.draw(network, 7);
    assertEquals(network.parameterCount(), drawn.length);
    assertArrayEquals(drawn, initialization.draw(network, 7));
    assertNotEquals(Arrays.hashCode(drawn), Arrays.hashCode(initialization.draw(network, 8)));
  }

  @ParameterizedTest
  @EnumSource(Initialization.class)
  void biasesAreZeroAndWeightsAreNot(Initialization initialization) {
    Network network = NamedNetwork.LENET.network(MNIST, 10);
    float[] drawn = initialization.draw(network, 7);
    for (Network.Tensor tensor : network.tensors()) {
      boolean bias = tensor.name().endsWith("bias");
      for (int i = 0; i < tensor.size(); i++) {
        assertEquals(bias, drawn[tensor.offset() + i] == 0f, tensor.name() + " " + i);
      }
    }
  }

  @Test
  void onlyTheArticlesNetworkSuitsTheArticlesWay() {
    assertEquals(
        Initialization.ARTICLE, Initialization.suited(NamedNetwork.ARTICLE.network(MNIST, 10)));
    assertEquals(
        Initialization.ARTICLE,
        Initialization.suited(NamedNetwork.ARTICLE.network(new Shape(3, 9, 8), 4)));
    assertEquals(Initialization.HE, Initialization.suited(NamedNetwork.LENET.network(MNIST, 10)));
    assertEquals(
        Initialization.HE,
        Initialization.suited(NetworkText.parse(MNIST, "conv 16 3, pool 2, dense 10")));
  }

  @Test
  void imagesTooSmallForTheArticlesNetworkSuitHe() {
    assertEquals(
        Initialization.HE,
        Initialization.suited(NetworkText.parse(new Shape(1, 2, 2), "dense 10")));
  }

  /** Mean and deviation of n normal values lie within five of their own deviations. */
  private static void assertDrawn(
      Initialization initialization, Network network, String name, double deviation) {
    float[] drawn = initialization.draw(network, 42);
    Network.Tensor tensor =
        network.tensors().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    int n = tensor.size();
    assertTrue(n >= 9_000, name + " has too few elements to judge: " + n);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double value = drawn[tensor.offset() + i];
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / n, 5 * deviation / Math.sqrt(n), "mean of " + name);
    assertEquals(
        deviation,
        Math.sqrt(squares / n),
        5 * deviation / Math.sqrt(2.0 * n),
        "deviation of " + name);
  }

  /** Weight, bias, running mean and running variance: 1, 0, 0 and 1. */
  @ParameterizedTest
  @EnumSource(Initialization.class)
  void normalizationBeginsAsTheIdentity(Initialization initialization) {
    Network network = NetworkText.parse(new Shape(2, 1, 1), "batchnorm, dense 1");
    float[] drawn = initialization.draw(network, 7);
    // 2 weights, 2 biases, the dense layer's 2 weights and its bias, 2 means, 2 variances
    assertArrayEquals(new float[] {1, 1, 0, 0}, Arrays.copyOf(drawn, 4));
    assertArrayEquals(new float[] {0, 0, 0, 1, 1}, Arrays.copyOfRange(drawn, 6, 11));
  }

  /** Behind a normalisation ReLU counts as well: variance 2 / 25, not 1 / 25. */
  @Test
  void reluCountsBehindANormalization() {
    Network network = NetworkText.parse(MNIST, "conv 512 5, batchnorm relu, dense 10");
    assertDrawn(Initialization.HE, network, "0.weight", 0.28284271);
  }
}
