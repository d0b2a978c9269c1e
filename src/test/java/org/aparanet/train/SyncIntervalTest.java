package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncIntervalTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "500", "1000000", "1s", "30s", "1000000s"})
  void readsWhatItWrites(String text) {
    assertEquals(text, SyncInterval.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "0",
        "0s",
        "-1",
        "1.5s",
        "1000001",
        "1000001s",
        "9999999999",
        "30 s",
        "30S",
        "1m"
      })
  void saysWhatIsAllowed(String text) {
    assertEquals(
        "\"" + text + "\" is no interval; allowed are 1 to 1000000 steps, or seconds such as 30s",
        assertThrows(IllegalArgumentException.class, () -> SyncInterval.parse(text)).getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> new SyncInterval(0, SyncInterval.Unit.STEPS));
  }

  @Test
  void countsStepsOrTime() {
    SyncInterval steps = SyncInterval.parse("10");
    assertFalse(steps.due(9, Long.MAX_VALUE));
    assertTrue(steps.due(10, 0));
    SyncInterval seconds = SyncInterval.parse("10s");
    assertFalse(seconds.due(Long.MAX_VALUE, 9_999_999_999L));
    assertTrue(seconds.due(0, 10_000_000_000L));
  }

  @Test
  void largestCountIsAllowedAndNoLarger() {
    int most = SyncInterval.MAXIMUM;
    assertEquals(most, new SyncInterval(most, SyncInterval.Unit.STEPS).count());
    assertThrows(
        IllegalArgumentException.class,
        () -> new SyncInterval(most + 1, SyncInterval.Unit.SECONDS));
  }
}
