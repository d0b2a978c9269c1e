package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.aparanet.train.Settings;
import org.junit.jupiter.api.Test;

class RunIdentityTest {
  private static RunIdentity of(Map<String, Object> description) {
    return new RunIdentity(description, "", new Settings());
  }

  @Test
  void differencesAreNamed() {
    RunIdentity run = of(Map.of("seed", 1, "device", "cpu"));
    assertEquals(List.of(), run.differences(of(Map.of("seed", 1, "device", "cpu"))));
    assertEquals(List.of("seed"), run.differences(of(Map.of("seed", 2, "device", "cpu"))));
    assertEquals(List.of("device"), run.differences(of(Map.of("seed", 1))));
  }

  @Test
  void numbersAreComparedByValue() {
    assertEquals(List.of(), of(Map.of("rate", 3)).differences(of(Map.of("rate", 3.0))));
    assertEquals(List.of("rate"), of(Map.of("rate", 3)).differences(of(Map.of("rate", 30))));
  }
}
