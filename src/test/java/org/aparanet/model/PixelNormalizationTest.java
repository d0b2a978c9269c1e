package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PixelNormalizationTest {

  @Test
  void subtractsTheMeanAndDividesByTheDeviation() {
    PixelNormalization two = new PixelNormalization(List.of(0.5f, 0f), List.of(0.25f, 1f));
    assertEquals(2, two.channels());
    assertEquals(-2, two.value(0, 0));
    assertEquals(2, two.value(0, 255));
    assertEquals(51 / 255f, two.value(1, 51));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 1, mean NaN of channel 0; it must be finite",
    "Infinity, 1, mean Infinity of channel 0; it must be finite",
    "0, 0, standard deviation 0.0 of channel 0; it must be finite and above 0",
    "0, -1, standard deviation -1.0 of channel 0; it must be finite and above 0",
    "0, NaN, standard deviation NaN of channel 0; it must be finite and above 0",
    "0, Infinity, standard deviation Infinity of channel 0; it must be finite and above 0",
    "0, 1e-39, mean 0.0 and standard deviation 1.0E-39 of channel 0 make inputs that are not finite"
  })
  void refuses(float mean, float std, String message) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PixelNormalization(List.of(mean), List.of(std)));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void refusesOtherNumbersOfChannels() {
    PixelNormalization two = new PixelNormalization(List.of(0f, 0f), List.of(1f, 1f));
    Network grey = NetworkText.parse(new Shape(1, 4, 4), "dense 2");
    assertEquals(
        "a normalisation of 2 channels for images of 1",
        assertThrows(IllegalArgumentException.class, () -> grey.withNormalization(Optional.of(two)))
            .getMessage());
    assertEquals(
        "1 means and 2 standard deviations; each channel needs one of each",
        assertThrows(
                IllegalArgumentException.class,
                () -> new PixelNormalization(List.of(0f), List.of(1f, 1f)))
            .getMessage());
  }
}
