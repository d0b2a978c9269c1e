package org.aparanet.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.aparanet.Predictor;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.TestNetwork;
import org.aparanet.engine.check.ReferenceNetwork;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class InspectionTest {

  private static Model model(TestNetwork test) {
    Network network = test.network();
    float[] parameters = Initialization.HE.draw(network, 5);
    Random random = new Random(7);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += random.nextFloat() * 0.2f; // biases and statistics that are not 0
    }
    return new Model(network, parameters);
  }

  private static byte[] noise(Shape shape) {
    byte[] pixels = new byte[shape.size()];
    new Random(11).nextBytes(pixels);
    return pixels;
  }

  @ParameterizedTest
  @MethodSource("org.aparanet.engine.TestNetworks#all")
  void everyValueIsWhatItsExplanationComesTo(TestNetwork test) {
    Model model = model(test);
    Inspection inspection = Inspection.of(model, noise(test.input()));
    Random random = new Random(13);
    for (Network.Node node : model.network().nodes()) {
      Shape shape = node.output();
      for (int n = 0; n < 20; n++) {
        int channel = random.nextInt(shape.channels());
        int row = random.nextInt(shape.height());
        int column = random.nextInt(shape.width());
        Explanation explanation = inspection.explain(node.index(), channel, row, column);
        String where = node.layer().text() + " " + channel + "," + row + "," + column;
        double expected = inspection.output(node.index()).value(channel, row, column);

        assertEquals(expected, explanation.value(), where);
        assertEquals(expected, recomputed(explanation), 1e-12 * Math.max(1, Math.abs(expected)));
        assertElementsAreOf(inspection, node, explanation);
      }
    }
  }

  private static double recomputed(Explanation explanation) {
    double first = explanation.from().get(0).value();
    if (explanation instanceof Explanation.WeightedSum sum) {
      double value = sum.bias();
      for (int i = 0; i < sum.weights().length; i++) {
        value += sum.product(i);
      }
      return value;
    } else if (explanation instanceof Explanation.Largest largest) {
      double most = largest.from().stream().mapToDouble(Element::value).max().orElseThrow();
      assertEquals(most, largest.from().get(largest.winner()).value());
      return most;
    } else if (explanation instanceof Explanation.Mean mean) {
      return mean.from().stream().mapToDouble(Element::value).average().orElseThrow();
    } else if (explanation instanceof Explanation.Rectified rectified) {
      return first > 0 ? first : rectified.slope() * first;
    } else if (explanation instanceof Explanation.Normalized n) {
      return (first - n.mean()) / Math.sqrt(n.variance() + BatchNorm.EPSILON) * n.weight()
          + n.bias();
    } else if (explanation instanceof Explanation.Sum sum) {
      return first + sum.from().get(1).value();
    }
    assertTrue(explanation instanceof Explanation.Unchanged);
    return first;
  }

  /** Elements outside of the input are 0; all others are the input's, or the skipped branch's. */
  private static void assertElementsAreOf(
      Inspection inspection, Network.Node node, Explanation explanation) {
    int layer =
        node.layer() instanceof Shortcut shortcut ? shortcut.start(node.index()) : node.index();
    FeatureMaps input = inspection.input(layer);
    Shape shape = input.shape();
    List<Element> from =
        explanation instanceof Explanation.Sum
            ? explanation.from().subList(0, 1)
            : explanation.from();
    for (Element e : from) {
      boolean within =
          e.row() >= 0 && e.row() < shape.height() && e.column() >= 0 && e.column() < shape.width();
      assertEquals(within ? input.value(e.channel(), e.row(), e.column()) : 0, e.value());
    }
  }

  @ParameterizedTest
  @MethodSource("org.aparanet.engine.TestNetworks#all")
  void logitsAreThoseOfTheReferenceAndProbabilitiesOfThePredictor(TestNetwork test) {
    Model model = model(test);
    byte[] pixels = noise(test.input());
    ImageSet image = new ImageSet("noise", test.input(), pixels, new byte[1], 1);
    Inspection inspection = Inspection.of(model, image);

    double[] parameters = new double[model.parameters().length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = model.parameters()[i];
    }
    double[][] input = {ReferenceNetwork.pixels(model.network(), image, 0)};
    double[] expected = new ReferenceNetwork(model.network()).infer(parameters, input)[0];
    for (int c = 0; c < expected.length; c++) {
      assertEquals(expected[c], inspection.logits()[c]);
    }
    try (Predictor predictor = Predictor.of(model).device("cpu").threads(1).open()) {
      double[] probabilities = predictor.predictSet(image).get(0).probabilities();
      for (int c = 0; c < expected.length; c++) {
        assertEquals(probabilities[c], inspection.probabilities()[c], 1e-5);
      }
    }
  }

  /** To 1e-12 of the largest of each layer. */
  @ParameterizedTest
  @MethodSource("org.aparanet.engine.TestNetworks#all")
  void everyOutputIsThatOfTheReference(TestNetwork test) {
    Model model = model(test);
    ImageSet image = new ImageSet("noise", test.input(), noise(test.input()), new byte[1], 1);
    double[] parameters = new double[model.parameters().length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = model.parameters()[i];
    }
    double[] pixels = ReferenceNetwork.pixels(model.network(), image, 0);

    double[][] expected = new ReferenceNetwork(model.network()).outputs(parameters, pixels);

    Inspection inspection = Inspection.of(model, image);
    for (int layer = 0; layer < expected.length - 1; layer++) {
      FeatureMaps output = inspection.output(layer);
      double tolerance = 1e-12 * output.largestMagnitude();
      assertArrayEquals(expected[layer + 1], output.values(), tolerance, "layer " + layer);
    }
  }

  @Test
  void aPatchStandsUnderItsFilterAndReachesIntoThePadding() {
    Network network = NetworkText.parse(new Shape(1, 4, 4), "conv 1 3 stride 2 pad 1, dense 2");
    float[] parameters = Initialization.HE.draw(network, 1);
    byte[] pixels = new byte[16];
    pixels[5] = (byte) 255;
    Inspection inspection = Inspection.of(new Model(network, parameters), pixels);

    Explanation.WeightedSum sum = (Explanation.WeightedSum) inspection.explain(0, 0, 0, 0);

    assertEquals(9, sum.from().size());
    assertEquals(new Element(0, -1, -1, 0), sum.from().get(0));
    assertEquals(new Element(0, 1, 1, 1), sum.from().get(8));
    assertEquals(parameters[8] + sum.bias(), sum.value(), 1e-12);
  }

  @Test
  void aMapOfZerosIsDead() {
    FeatureMaps maps = new FeatureMaps(new Shape(2, 1, 2), new double[] {0, -0.0, 0, -3});

    assertTrue(maps.isDead(0));
    assertTrue(!maps.isDead(1));
    assertEquals(3, maps.largestMagnitude());
    assertEquals(-3, maps.value(1, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> maps.value(2, 0, 0));
  }

  @Test
  void whatIsNoImageOfTheModelIsRefused() {
    Model model = model(new TestNetwork(new Shape(1, 4, 4), "dense 2", 1, 1));
    ImageSet two = new ImageSet("two", new Shape(1, 4, 4), new byte[32], new byte[2], 1);
    ImageSet wide = new ImageSet("wide", new Shape(1, 4, 5), new byte[20], new byte[1], 1);

    assertEquals(
        "an image of 3 pixels; the network takes 1x4x4",
        assertThrows(IllegalArgumentException.class, () -> Inspection.of(model, new byte[3]))
            .getMessage());
    assertEquals(
        "two has 2 images; only one can be looked at",
        assertThrows(IllegalArgumentException.class, () -> Inspection.of(model, two)).getMessage());
    assertEquals(
        "wide is of 1x4x5; the network takes 1x4x4",
        assertThrows(IllegalArgumentException.class, () -> Inspection.of(model, wide))
            .getMessage());
    assertThrows(NullPointerException.class, () -> Inspection.of(model, (BufferedImage) null));
    Inspection inspection = Inspection.of(model, new byte[16]);
    assertThrows(IndexOutOfBoundsException.class, () -> inspection.output(1));
    assertThrows(IndexOutOfBoundsException.class, () -> inspection.input(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> inspection.explain(0, 2, 0, 0));
  }
}
