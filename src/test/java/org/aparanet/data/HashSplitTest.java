package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashSplitTest {

  @Test
  void aFifthIsToTestWith() {
    long tests =
        IntStream.range(0, 5000).filter(i -> HashSplit.isTest("IMG_" + i + ".jpg")).count();

    assertEquals(1000, tests, 100); // more than three standard deviations
  }

  /** 2^32 / 5 is 0x33333333; of the names of one letter, SHA-256 begins with these bytes. */
  @Test
  void theHashAloneDecides() {
    assertEquals(0xca978112L, HashSplit.hash("a"));
    assertEquals(0x3e23e816L, HashSplit.hash("b"));
    assertEquals(0x2e7d2c03L, HashSplit.hash("c"));
    assertEquals(0x18ac3e73L, HashSplit.hash("d"));

    assertFalse(HashSplit.isTest("a"));
    assertFalse(HashSplit.isTest("b"));
    assertTrue(HashSplit.isTest("c"));
    assertTrue(HashSplit.isTest("d"));
  }

  /**
   * The split must not change with versions of this program, or tests would be on trained images.
   */
  @Test
  void theHashIsTheBeginningOfSha256() {
    assertEquals(0xba7816bfL, HashSplit.hash("abc"));
  }
}
