package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class NetworkTextFuzzTest {
  private static final Shape INPUT = new Shape(1, 28, 28);

  @FuzzTest(maxDuration = "60s")
  void anyTextIsANetworkThatComesBackOrIsRefusedInOneSentence(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Network network;
    try {
      network = NetworkText.parse(INPUT, text);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().length() < 300, e.getMessage());
      return;
    }
    assertEquals(network, NetworkText.parse(INPUT, network.text()));
    assertEquals(network.text(), NetworkText.parse(INPUT, network.text()).text());
    assertTrue(network.parameterCount() > 0 && network.multiplyAdds() > 0, text);
  }
}
