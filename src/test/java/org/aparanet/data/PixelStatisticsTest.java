package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

final class PixelStatisticsTest {

  @Test
  void measuresEachChannel() {
    byte[] pixels = {0, (byte) 255, 51, 51, (byte) 255, 0, 51, 51};
    ImageSet two = new ImageSet("two", new Shape(2, 1, 2), pixels, new byte[2], 1);
    PixelNormalization found = PixelStatistics.of(two);
    assertEquals(List.of(0.5f, 0.2f), found.mean());
    assertEquals(List.of(0.5f, 1f), found.std()); // the second channel does not vary
  }

  /** Values that every tutorial for PyTorch has. */
  @Test
  void knowsMnist() {
    PixelNormalization found = PixelStatistics.of(DataSets.open("mnist", Path.of("data")).train());
    assertEquals(0.1307, found.mean().get(0), 5e-5);
    assertEquals(0.3081, found.std().get(0), 5e-5);
  }

  @Test
  void refusesNoImages() {
    ImageSet none = new ImageSet("none", new Shape(1, 1, 1), new byte[0], new byte[0], 1);
    assertEquals(
        "none has no image to measure",
        assertThrows(IllegalArgumentException.class, () -> PixelStatistics.of(none)).getMessage());
  }
}
