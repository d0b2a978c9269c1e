package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class NetworkChoiceTest {
  private static String refused(String text, Shape input) {
    return assertThrows(IllegalArgumentException.class, () -> NetworkChoice.of(text, input, 10))
        .getMessage();
  }

  @Test
  void whatDoesNotSuitTheImagesIsCalledByItsName() {
    Shape small = new Shape(1, 4, 4);
    assertEquals(
        "recipe mnist-tiny has a network that does not suit images of 1x4x4: layer 4 (conv 16 3"
            + " nobias): conv of size 3 does not fit into an input of height 2",
        refused(Recipe.MNIST_TINY.network(), small));
    assertEquals(
        "neither a preset (article, lenet, deep, resnet20, resnet18, resnet34) nor layers that fit"
            + " together: layer 1 (conv 16 5): ",
        refused("conv 16 5, dense 10", small).replaceAll("conv of size.*", ""));
  }
}
