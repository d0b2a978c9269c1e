package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PositionTest {
  @Test
  void firstPlaceOfARunIsAllowed() {
    assertEquals(1, new Position(1, 0, 0, 0, 0).epoch());
  }

  @Test
  void placesOutsideOfARunAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Position(0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Position(1, -1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Position(1, 0, -1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Position(1, 0, 0, Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Position(1, 0, 0, 0, -1));
  }
}
