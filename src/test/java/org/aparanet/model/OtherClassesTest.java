package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherClassesTest {
  private static final Shape INPUT = new Shape(1, 6, 6);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void allButTheLastLayerStays(int classes) {
    Network network =
        NetworkText.parse(INPUT, "conv 2 3, batchnorm relu, conv 3 2, batchnorm, dense 4, dense 3")
            .withNormalization(Optional.of(new PixelNormalization(List.of(0.25f), List.of(0.5f))));
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i + 1;
    }
    Model model = new Model(network, parameters, List.of("a", "b", "c"));
    List<String> names = List.of("d", "e", "f", "g", "h").subList(0, classes);

    Model other = OtherClasses.of(model, classes, names, 7);

    assertEquals(
        "conv 2 3, batchnorm relu, conv 3 2, batchnorm, dense 4, dense " + classes,
        other.network().text());
    assertEquals(network.normalization(), other.network().normalization());
    assertEquals(names, other.classNames());
    float[] drawn = Initialization.suited(other.network()).draw(other.network(), 7);
    for (Network.Node node : other.network().nodes()) {
      boolean last = node.index() == other.network().nodes().size() - 1;
      List<Network.Tensor> before = network.nodes().get(node.index()).tensors();
      for (int t = 0; t < node.tensors().size(); t++) {
        Network.Tensor tensor = node.tensors().get(t);
        assertArrayEquals(
            last ? values(drawn, tensor) : values(parameters, before.get(t)),
            values(other.parameters(), tensor),
            tensor.name());
      }
    }
  }

  private static float[] values(float[] all, Network.Tensor tensor) {
    return Arrays.copyOfRange(all, tensor.offset(), tensor.offset() + tensor.size());
  }
}
