package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.aparanet.model.Layer;
import org.junit.jupiter.api.Test;

/** Tests that go through the networks meet every kind of layer. */
class TestNetworksTest {

  @Test
  void theNetworksHaveEveryKindOfLayer() {
    Set<String> kinds = new TreeSet<>();
    TestNetworks.all()
        .flatMap(network -> network.network().nodes().stream())
        .forEach(node -> kinds.add(node.layer().getClass().getSimpleName()));
    Set<String> expected = new TreeSet<>();
    for (Class<?> kind : Layer.class.getPermittedSubclasses()) {
      expected.add(kind.getSimpleName());
    }
    assertEquals(expected, kinds);
  }
}
