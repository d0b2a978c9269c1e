package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

  @Test
  void countsElements() {
    Shape shape = new Shape(3, 5, 7);
    assertEquals(105, shape.size());
    assertEquals(35, shape.plane());
    assertEquals("3x5x7", shape.toString());
    assertEquals("10", new Shape(10, 1, 1).toString());
    assertEquals("1x1x2", new Shape(1, 1, 2).toString());
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "1,0,1", "1,1,0", "-1,2,2", "2147483647,-2147483648,1"})
  void refusesDimensionsBelowOne(int channels, int height, int width) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Shape(channels, height, width));
    assertEquals(
        "shape %dx%dx%d has a dimension below 1; each must be at least 1"
            .formatted(channels, height, width),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"67108865,1,1", "65536,65536,1", "2147483647,2147483647,2147483647"})
  void refusesProductsAboveTheLimit(int channels, int height, int width) {
    assertThrows(IllegalArgumentException.class, () -> new Shape(channels, height, width));
  }

  @Test
  void takesTheLargestSize() {
    assertEquals(Shape.MAXIMUM_SIZE, new Shape(64, 1024, 1024).size());
  }
}
