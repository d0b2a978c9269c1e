package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** Which models go with which images. */
class NetworkMatchTest {
  private static final Shape SHAPE = new Shape(1, 2, 2);

  @Test
  void classesOfOtherNamesAreRefused() {
    assertRefused(
        "the model's classes are a, b, but those of photos are a, c",
        model(2, "a", "b"),
        images(SHAPE, 2, "a", "c"));
    assertRefused(
        "the model's classes are a, b, but those of photos are b, a",
        model(2, "a", "b"),
        images(SHAPE, 2, "b", "a"));
    assertDoesNotThrow(() -> NetworkMatch.check(model(2, "a", "b"), images(SHAPE, 2, "a", "b")));
    assertDoesNotThrow(() -> NetworkMatch.check(model(2, "a", "b"), images(SHAPE, 2)));
    assertDoesNotThrow(() -> NetworkMatch.check(model(2), images(SHAPE, 2, "a", "b")));
  }

  @Test
  void someOfTheModelsClassesGetItsNumbers() {
    Model model = model(3, "a", "b", "c");
    ImageSet some =
        new ImageSet("photos", SHAPE, new byte[8], new byte[] {0, 1}, 2, List.of("a", "c"));

    ImageSet suited = NetworkMatch.suited(model, some);

    assertEquals(List.of("a", "b", "c"), suited.classNames());
    assertEquals(0, suited.label(0));
    assertEquals(2, suited.label(1));
    assertThrows(
        MismatchException.class, () -> NetworkMatch.suited(model, images(SHAPE, 2, "a", "d")));
  }

  @Test
  void otherShapesAndMoreClassesAreRefused() {
    assertRefused(
        "the network takes images of 1x2x2, but those of photos have 1x2x3",
        model(2),
        images(new Shape(1, 2, 3), 2));
    assertRefused(
        "the network has 2 outputs, but photos has 3 classes; its last layer must be dense 3",
        model(2),
        images(SHAPE, 3));
    assertDoesNotThrow(() -> NetworkMatch.check(model(3), images(SHAPE, 2)));
  }

  private static void assertRefused(String sentence, Model model, ImageSet images) {
    assertEquals(
        sentence,
        assertThrows(MismatchException.class, () -> NetworkMatch.check(model, images))
            .getMessage());
  }

  private static Model model(int classes, String... names) {
    Network network = NetworkText.parse(SHAPE, "dense " + classes);
    return new Model(network, new float[network.parameterCount()], List.of(names));
  }

  private static ImageSet images(Shape shape, int classes, String... names) {
    return new ImageSet(
        "photos", shape, new byte[shape.size()], new byte[1], classes, List.of(names));
  }
}
