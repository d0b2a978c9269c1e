package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetTest {
  private static final Shape MNIST = new Shape(1, 28, 28);

  @ParameterizedTest
  @CsvSource({
    "ARTICLE, article, 8, 0.07, 6",
    "LENET, lenet, 32, 0.05, 3",
    "DEEP, deep, 128, 0.1, 3"
  })
  void hyperParametersAreThoseOfTheDocumentation(
      Preset preset, String label, int batch, float learningRate, int epochs) {
    assertEquals(label, preset.label());
    assertEquals(batch, preset.batch());
    assertEquals(learningRate, preset.learningRate());
    assertEquals(epochs, preset.epochs());
  }

  @Test
  void namesAreTakenWithCapitalsOrWithout() {
    assertEquals(Optional.of(Preset.LENET), Preset.named("LeNet"));
    assertEquals(Optional.of(Preset.DEEP), Preset.named("deep"));
    assertEquals(Optional.empty(), Preset.named("alexnet"));
  }

  @Test
  void presetIsKnownByItsLayers() {
    assertEquals(Optional.of(Preset.DEEP), Preset.of(Preset.DEEP.network(MNIST, 7)));
    assertEquals(Optional.empty(), Preset.of(NetworkText.parse(MNIST, "dense 10")));
  }

  @Test
  void namesAreListedInTheirOrder() {
    assertEquals(List.of("article", "lenet", "deep"), Preset.names());
    assertEquals("article, lenet, deep", Preset.labels());
  }
}
