package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TapsTest {
  @Test
  void windowsOfThirtyTwoTapsFitIntoAnInt() {
    assertTrue(Taps.fit(4, 8));
    assertTrue(Taps.fit(1, 32));
    assertFalse(Taps.fit(3, 11));
    assertFalse(Taps.fit(33, 1));
  }

  /** Tap (2, 3, 4) in 3 bits each: 2 x 64 + 3 x 8 + 4. */
  @Test
  void placesComeOutOfATapAsTheyWentIn() {
    assertEquals(3, Taps.bits(5, 5));
    assertEquals(2, Taps.tapChannel(156, 3));
    assertEquals(3, Taps.tapRow(156, 3));
    assertEquals(4, Taps.tapColumn(156, 3));
  }
}
