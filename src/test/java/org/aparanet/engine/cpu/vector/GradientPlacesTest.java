package org.aparanet.engine.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.aparanet.engine.cpu.slice.Fusion;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** Which gradients share a place; that the sums are right all the same, the contract tests. */
class GradientPlacesTest {

  @Test
  void aChainOfEqualLayersTakesTwoPlaces() {
    LaneMemory memory = memory("conv 8 3 same, ".repeat(6) + "dense 2");

    for (int i = 2; i < 5; i++) { // the first layer's gradient has no border
      assertNotEquals(gradient(memory, i), gradient(memory, i + 1));
      assertEquals(gradient(memory, i), gradient(memory, i + 2));
    }
  }

  /** The sum, output of layer 6, is asked for until layer 2, where its branch begins. */
  @Test
  void theGradientOfASumStaysUntilItsBranchBegins() {
    LaneMemory memory =
        memory(
            "conv 8 3 same, leakyrelu 0.1, [ leakyrelu 0.1, leakyrelu 0.1, leakyrelu 0.1 ],"
                + " leakyrelu 0.1, dense 2");

    int sum = gradient(memory, 6);
    for (int i = 2; i < 6; i++) {
      assertNotEquals(sum, gradient(memory, i));
    }
    assertEquals(gradient(memory, 3), gradient(memory, 5));
  }

  @Test
  void aPoolHasThePlaceThatItReadsForItself() {
    LaneMemory memory =
        memory("conv 8 3 same, conv 8 3 same, conv 8 3 same, pool 3, conv 8 3 same, dense 2");

    assertNotEquals(gradient(memory, 1), gradient(memory, 3));
    assertNotEquals(gradient(memory, 2), gradient(memory, 3));
  }

  private static int gradient(LaneMemory memory, int tensor) {
    return memory.tensor(tensor).gradient().at();
  }

  private static LaneMemory memory(String layers) {
    Network network = NetworkText.parse(new Shape(8, 9, 9), layers);
    return new LaneMemory(network, new Fusion(network), 16, false);
  }
}
