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

  /** Twenty layers with weights but for those of the two projections, and torchvision's names. */
  @Test
  void residualNetworksHaveTheirModules() {
    assertEquals(
        Optional.of(NamedNetwork.RESNET18),
        NamedNetwork.of(NamedNetwork.RESNET18.network(new Shape(3, 64, 64), 7)));
    Network small = NamedNetwork.RESNET20.network(new Shape(3, 32, 32), 10);
    assertEquals(
        22,
        small.nodes().stream()
            .filter(n -> n.layer() instanceof Convolution || n.layer() instanceof Dense)
            .count());
    for (NamedNetwork named : NamedNetwork.values()) {
      Shape input = named.usualInput().orElse(MNIST);
      Network network = named.network(input, named.usualClasses());
      long learning = network.nodes().stream().filter(n -> !n.tensors().isEmpty()).count();
      assertEquals(named.usualInput().isPresent() ? learning : 0, named.modules().size());
    }
    assertEquals(
        List.of("layer2.0.conv2", "layer2.0.bn2", "layer2.0.downsample.0", "layer2.0.downsample.1"),
        NamedNetwork.RESNET34.modules().subList(16, 20));
  }

  @Test
  void namesAreListedInTheirOrder() {
    assertEquals(
        List.of("article", "lenet", "deep", "resnet20", "resnet18", "resnet34"),
        NamedNetwork.names());
    assertEquals("article, lenet, deep, resnet20, resnet18, resnet34", NamedNetwork.labels());
  }
}
