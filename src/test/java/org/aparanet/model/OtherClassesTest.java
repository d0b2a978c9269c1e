package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OtherClassesTest {
  private static final Shape INPUT = new Shape(1, 6, 6);

  @Test
  void allButTheLastLayerStays() {
    Network network =
        NetworkText.parse(INPUT, "conv 2 3, batchnorm relu, dense 4 relu, dense 3")
            .withNormalization(Optional.of(new PixelNormalization(List.of(0.25f), List.of(0.5f))));
    float[] parameters = new float[network.parameterCount()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = i + 1;
    }
    Model model = new Model(network, parameters, List.of("a", "b", "c"));

    Model other = OtherClasses.of(model, 5, List.of("d", "e", "f", "g", "h"), 7);

    assertEquals("conv 2 3, batchnorm relu, dense 4 relu, dense 5", other.network().text());
    assertEquals(network.normalization(), other.network().normalization());
    assertEquals(List.of("d", "e", "f", "g", "h"), other.classNames());
    int kept = 2 * 9 + 2 + 4 * 2 + 4 * (2 * 4 * 4 + 1);
    assertEquals(kept + 5 * (4 + 1), other.parameters().length);
    assertArrayEquals(Arrays.copyOf(parameters, kept), Arrays.copyOf(other.parameters(), kept));
    float[] drawn = Initialization.HE.draw(other.network(), 7);
    assertArrayEquals(
        Arrays.copyOfRange(drawn, kept, drawn.length),
        Arrays.copyOfRange(other.parameters(), kept, drawn.length),
        "drawn as at a beginning");
  }
}
