package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  private static final Shape MNIST = new Shape(1, 28, 28);
  private static final String ODD =
      "conv 5 3 stride 2 pad 1 relu, conv 7 5 pad 1 relu, pool 3 stride 2, conv 9 1 relu,"
          + " dense 13 relu, dense 10";

  /** Counted by hand and with PyTorch. */
  @ParameterizedTest
  @CsvSource({"ARTICLE, 27194", "LENET, 61706", "DEEP, 467818"})
  void presetsHaveTheKnownNumberOfParameters(NamedNetwork preset, int parameters) {
    Network network = preset.network(MNIST, 10);
    assertEquals(parameters, network.parameterCount());
    assertEquals(parameters, network.nodes().stream().mapToInt(Network.Node::parameterCount).sum());
    assertEquals(10, network.classes());
    assertEquals(MNIST, network.input());
  }

  /** Counted with torchvision, and for the first with the same layers in PyTorch. */
  @ParameterizedTest
  @CsvSource({
    "RESNET20, 272474, 1568, 40813184",
    "RESNET18, 11689512, 9600, 1814073344",
    "RESNET34, 21797672, 17024, 3663761408"
  })
  void residualNetworksHaveTheKnownNumbers(
      NamedNetwork preset, int learned, int statistics, long multiplyAdds) {
    Network network = preset.network(preset.usualInput().orElseThrow(), preset.usualClasses());
    assertEquals(learned, network.learnedCount());
    assertEquals(learned + statistics, network.parameterCount());
    assertEquals(multiplyAdds, network.multiplyAdds());
  }

  @Test
  void modulesAreNumberedAsInPyTorchWithFlattenBeforeTheFirstDenseLayer() {
    assertEquals(
        List.of(
            new Network.Tensor("0.weight", List.of(5, 1, 3, 3), 0, 45),
            new Network.Tensor("0.bias", List.of(5), 45, 5),
            new Network.Tensor("2.weight", List.of(7, 5, 5, 5), 50, 875),
            new Network.Tensor("2.bias", List.of(7), 925, 7),
            new Network.Tensor("5.weight", List.of(9, 7, 1, 1), 932, 63),
            new Network.Tensor("5.bias", List.of(9), 995, 9),
            new Network.Tensor("8.weight", List.of(13, 225), 1004, 2925),
            new Network.Tensor("8.bias", List.of(13), 3929, 13),
            new Network.Tensor("10.weight", List.of(10, 13), 3942, 130),
            new Network.Tensor("10.bias", List.of(10), 4072, 10)),
        NetworkText.parse(MNIST, ODD).tensors());
  }

  @Test
  void aFirstDenseLayerStandsAfterFlatten() {
    assertEquals(
        List.of("1.weight", "1.bias", "2.weight", "2.bias"),
        NetworkText.parse(MNIST, "dense 3, dense 2").tensors().stream()
            .map(Network.Tensor::name)
            .toList());
  }

  @Test
  void tensorsLieOneAfterTheOther() {
    for (NamedNetwork preset : NamedNetwork.values()) {
      Network network = preset.network(MNIST, 10);
      int offset = 0;
      for (Network.Tensor tensor : network.tensors()) {
        assertEquals(offset, tensor.offset(), tensor.name());
        assertEquals(tensor.dimensions().stream().reduce(1, Math::multiplyExact), tensor.size());
        offset += tensor.size();
      }
      assertEquals(network.parameterCount(), offset);
    }
  }

  @Test
  void shapesFlowFromLayerToLayer() {
    List<Network.Node> nodes = NetworkText.parse(MNIST, ODD).nodes();
    assertEquals(
        "[5x14x14, 5x14x14, 7x12x12, 7x12x12, 7x5x5, 9x5x5, 9x5x5, 13, 13, 10]",
        nodes.stream().map(Network.Node::output).toList().toString());
    for (int i = 1; i < nodes.size(); i++) {
      assertEquals(i, nodes.get(i).index());
      assertEquals(nodes.get(i - 1).output(), nodes.get(i).input());
    }
  }

  @Test
  void aNetworkIsDividedWhereNoBranchLeadsAround() {
    Network network =
        NetworkText.parse(
            new Shape(2, 8, 8),
            "conv 3 3 same nobias, batchnorm, [[relu, conv 3 1] | conv 3 3 same] relu, pool 2,"
                + " dense 5 relu, dense 4");
    assertEquals(
        List.of(1, 2, 8, 9, 10, 11, 12),
        IntStream.range(-1, 14).filter(network::mayDivideBehind).boxed().toList());

    Network first = network.first(10);
    Network behind = network.behind(10);
    assertEquals(
        "2x8x8: conv 3 3 same nobias, batchnorm, [[relu, conv 3 1] | conv 3 3 same] relu, pool 2",
        first.toString());
    assertEquals(0, first.before());
    assertEquals(3 * 4 * 4, first.classes());
    assertEquals("3x4x4: dense 5 relu, dense 4", behind.toString());
    assertEquals(10, behind.before());
    assertNotEquals(NetworkText.parse(new Shape(3, 4, 4), behind.text()), behind);
    assertEquals(network.learnedCount(), first.learnedCount() + behind.learnedCount());
    assertEquals(network.parameterCount(), first.parameterCount() + behind.parameterCount());
    assertEquals(1, network.behind(11).firstLearning());
    assertEquals(1, NetworkText.parse(MNIST, "pool 2, dense 4").first(1).firstLearning());
    assertEquals(
        "\"" + network.text() + "\" cannot be divided behind 4 layers",
        assertThrows(IllegalArgumentException.class, () -> network.first(4)).getMessage());
  }

  @Test
  void multiplyAddsAddUp() {
    assertEquals(
        16L * 26 * 26 * 9 + 2704 * 10, NamedNetwork.ARTICLE.network(MNIST, 10).multiplyAdds());
  }

  @Test
  void equalLayersOnEqualInputsAreEqual() {
    Network network = NetworkText.parse(MNIST, ODD);
    assertEquals(network, NetworkText.parse(MNIST, ODD));
    assertEquals(network.hashCode(), NetworkText.parse(MNIST, ODD).hashCode());
    assertNotEquals(network, NetworkText.parse(new Shape(1, 29, 28), ODD));
    assertNotEquals(network, NetworkText.parse(MNIST, ODD.replace("dense 13", "dense 12")));
    assertNotEquals(
        network, NetworkText.parse(MNIST, ODD.replace("pad 1 relu, pool", "pad 1, pool")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "conv 2 3 | a network must end in a dense layer with one output for each class",
        "dense 10 relu | a network must end in a dense layer with one output for each class",
        "dense 10, pool 2, dense 2 | layer 2 (pool 2) stands after a dense layer; only dense, relu, leakyrelu and dropout may follow one",
        "pool 2, conv 2 15, dense 2 | layer 2 (conv 2 15): conv of size 15 does not fit into an input of height 14",
        "dense 99999999, dense 2 | layer 1 (dense 99999999): shape 99999999x1x1 has more than 67108864 elements an image",
        "dense 400000, dense 2 | layer 1 (dense 400000) takes the network over 268435456 parameters",
        "conv 8 3 same, conv 99999 3 same, dense 2 | layer 2 (conv 99999 3 same): shape 99999x28x28 has more than 67108864 elements an image",
      })
  void refuses(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> NetworkText.parse(MNIST, text))
            .getMessage());
  }

  @Test
  void refusesNoLayers() {
    assertThrows(IllegalArgumentException.class, () -> new Network(MNIST, List.of()));
  }

  /** Statistics of a normalisation lie behind all that is learned, in the order of the layers. */
  @Test
  void whatIsLearnedLiesInFrontOfStatistics() {
    Network network =
        NetworkText.parse(MNIST, "pool 2, conv 3 3, batchnorm, pool 2, batchnorm, dense 2");
    assertEquals(
        List.of(
            new Network.Tensor("1.weight", List.of(3, 1, 3, 3), 0, 27),
            new Network.Tensor("1.bias", List.of(3), 27, 3),
            new Network.Tensor("2.weight", List.of(3), 30, 3),
            new Network.Tensor("2.bias", List.of(3), 33, 3),
            new Network.Tensor("4.weight", List.of(3), 36, 3),
            new Network.Tensor("4.bias", List.of(3), 39, 3),
            new Network.Tensor("6.weight", List.of(2, 108), 42, 216),
            new Network.Tensor("6.bias", List.of(2), 258, 2),
            new Network.Tensor("2.running_mean", List.of(3), 260, 3),
            new Network.Tensor("2.running_var", List.of(3), 263, 3),
            new Network.Tensor("4.running_mean", List.of(3), 266, 3),
            new Network.Tensor("4.running_var", List.of(3), 269, 3)),
        network.tensors());
    assertEquals(260, network.learnedCount());
    assertEquals(272, network.parameterCount());
  }

  @Test
  void firstLayerThatLearnsIsTheFirstWithParameters() {
    assertEquals(0, NetworkText.parse(MNIST, "conv 3 3, dense 2").firstLearning());
    assertEquals(2, NetworkText.parse(MNIST, "pool 2, relu, conv 3 3, dense 2").firstLearning());
  }

  /** A shortcut is a layer of its own, and a module, as the sum is. */
  @Test
  void secondBranchesHaveTheirPlaces() {
    Network network =
        NetworkText.parse(
            new Shape(2, 8, 6),
            "relu, [conv 4 3 stride 2 pad 1 relu | [relu | leakyrelu 0.1], conv 4 1 stride 2] relu,"
                + " dense 3");
    assertEquals(
        List.of("1.weight", "1.bias", "8.weight", "8.bias", "12.weight", "12.bias"),
        network.tensors().stream().map(Network.Tensor::name).toList());
    assertEquals(new Shape(4, 4, 3), network.nodes().get(3).input());
    assertEquals(new Shape(2, 8, 6), network.nodes().get(3).output());
    assertEquals(List.of(3), indices(network.branchesFrom(1)));
    assertEquals(List.of(9), indices(network.branchesFrom(3)));
    assertEquals(List.of(5), indices(network.branchesFrom(4)));
    assertEquals(List.of(7), indices(network.branchesFrom(5)));
    assertEquals(
        List.of(1, 3, 4, 5, 6),
        IntStream.range(0, 12).filter(network::sharesInput).boxed().toList());
    assertEquals(network, NetworkText.parse(network.input(), network.text()));
  }

  private static List<Integer> indices(List<Network.Node> nodes) {
    return nodes.stream().map(Network.Node::index).toList();
  }

  /** Rows of layers that no text can say. */
  @Test
  void branchesThatCrossAreRefused() {
    Relu relu = new Relu();
    Dense end = new Dense(2);
    assertRefused(
        "layer 2 (| shortcut): 0 residual sums add its input; it needs exactly one",
        List.of(relu, new Shortcut(1), relu, end));
    assertRefused(
        "layer 2 (| shortcut): 2 residual sums add its input; it needs exactly one",
        List.of(relu, new Shortcut(1), relu, new ResidualAdd(2), new ResidualAdd(3), end));
    assertRefused(
        "layer 1 (| shortcut): its first branch has 1 layers; only 0 stand before it",
        List.of(new Shortcut(1), relu, new ResidualAdd(2), end));
    assertRefused(
        "layer 4 (] residual sum): its branch begins inside another one that has ended before",
        List.of(relu, new ResidualAdd(1), relu, new ResidualAdd(2), end));
    assertRefused(
        "layer 6 (] residual sum): its branch begins inside another one that has ended before",
        List.of(relu, relu, new Shortcut(1), relu, new ResidualAdd(4), new ResidualAdd(3), end));
  }

  private static void assertRefused(String message, List<Layer> layers) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new Network(MNIST, layers));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void equalNetworksHaveEqualHashes() {
    Network network = NetworkText.parse(MNIST, ODD);
    assertEquals(network.hashCode(), NetworkText.parse(MNIST, ODD).hashCode());
    assertNotEquals(network.hashCode(), NetworkText.parse(MNIST, "dense 10").hashCode());
  }
}
