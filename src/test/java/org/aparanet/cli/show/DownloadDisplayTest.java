package org.aparanet.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DownloadDisplayTest {
  @Test
  void amountsAreInAUnitThatSuitsTheWhole() {
    assertEquals("0.0/26.4 MB", DownloadDisplay.amount(0, 26_421_880));
    assertEquals("12.3/561.8 MB", DownloadDisplay.amount(12_345_678, 561_753_746));
    assertEquals("4/30 kB", DownloadDisplay.amount(4_000, 29_515));
    assertEquals("1.0/1.0 MB", DownloadDisplay.amount(1_000_000, 1_000_000));
  }

  @Test
  void speedsAreShort() {
    assertEquals("3.4 MB/s", DownloadDisplay.speed(3_400_000));
    assertEquals("999 kB/s", DownloadDisplay.speed(999_000));
    assertEquals("0 kB/s", DownloadDisplay.speed(0));
  }
}
