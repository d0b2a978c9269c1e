package org.aparanet.train.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AccuracyTest {
  @Test
  void shareIsOfAllImagesAndZeroOfNone() {
    assertEquals(0.75, new Accuracy(3, 4).share());
    assertEquals(0, new Accuracy(0, 0).share());
  }

  @Test
  void textHasPercentAndNumbers() {
    assertEquals("97.43 % (9743 of 10000)", new Accuracy(9743, 10000).toString());
    assertEquals("0.00 % (0 of 0)", new Accuracy(0, 0).toString());
  }
}
