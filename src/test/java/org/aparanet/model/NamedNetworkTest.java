package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedNetworkTest {
  private static final Shape MNIST = new Shape(1, 28, 28);

  @Test
  void namesAreTakenWithCapitalsOrWithout() {
    assertEquals(Optional.of(NamedNetwork.LENET), NamedNetwork.named("LeNet"));
    assertEquals(Optional.of(NamedNetwork.DEEP), NamedNetwork.named("deep"));
    assertEquals(Optional.empty(), NamedNetwork.named("alexnet"));
  }

  @Test
  void networkIsKnownByItsLayers() {
    assertEquals(
        Optional.of(NamedNetwork.DEEP), NamedNetwork.of(NamedNetwork.DEEP.network(MNIST, 7)));
    assertEquals(Optional.empty(), NamedNetwork.of(NetworkText.parse(MNIST, "dense 10")));
  }

  @Test
  void namesAreListedInTheirOrder() {
    assertEquals(List.of("article", "lenet", "deep"), NamedNetwork.names());
    assertEquals("article, lenet, deep", NamedNetwork.labels());
  }
}
