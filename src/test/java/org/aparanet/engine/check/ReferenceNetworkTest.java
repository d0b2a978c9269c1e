package org.aparanet.engine.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle itself: its gradients against central differences, its forward pass by hand. */
class ReferenceNetworkTest {

  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1x5x4 | dense 3",
        "2x5x4 | dense 6 relu, dense 5, dense 3",
        "1x7x6 | conv 3 3, dense 4",
        "2x7x6 | conv 3 3x2 stride 2 pad 1 nobias, conv 2 2x3 pad 1, dense 4",
        "2x7x7 | conv 3 3 same relu, pool 3 stride 2, conv 2 2 relu, dense 4",
        "1x9x8 | conv 2 2, pool 2 stride 3 relu, dense 3 relu, dense 3",
        "2x6x7 | conv 3 3 same relu, pool 3 stride 2 pad 1, pool 2 pad 1, dense 4",
        "1x2x5 | pool 4 stride 1 pad 2, conv 3 2, pool 3 stride 1 pad 1, dense 3",
        "1x6x6 | relu, pool 2 stride 1, conv 3 2, pool 2, dense 3",
        "2x6x5 | leakyrelu 0.5, conv 3 2, leakyrelu 0.01, dense 5, leakyrelu 0.2 relu, dense 3",
        "2x5x4 | batchnorm, dense 3",
        "1x7x6 | conv 3 3 nobias, batchnorm relu, conv 2 2, pool 2, batchnorm, dense 4",
        "2x6x7 | conv 3 2, avgpool 3 stride 2 relu, avgpool 2 stride 1, dense 3",
        "2x6x5 | conv 4 3 relu, globalpool, dense 3",
        "2x5x5 | conv 3 3 same relu, [conv 3 3 same relu, [conv 3 3 same]] relu, dense 3",
        "2x5x5 | conv 3 3 same, [[conv 3 3 same], conv 3 3 same], dense 3",
        "3x5x5 | [conv 3 3 same nobias, batchnorm relu, conv 3 3 same, batchnorm] relu, dense 3",
        "2x7x7 | 'conv 3 3 same relu, [conv 4 3 stride 2 pad 1 relu, conv 4 3 same | conv 4 1"
            + " stride 2] relu, dense 3'",
        "2x6x6 | '[conv 3 3 same, batchnorm relu, [conv 2 1 | relu, conv 2 1], conv 3 1 | [conv 3 1 |"
            + " pool 2 stride 1, conv 3 2 pad 1]] relu, pool 3 stride 2 pad 1, dense 3'",
        "1x6x6 | conv 3 3, dropout 0.3 relu, dense 6, dropout 0.5, dense 3"
      })
  void gradientsAreThoseOfCentralDifferences(String shape, String text) {
    String[] sides = shape.split("x");
    Shape input =
        new Shape(
            Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2]));
    Network network = NetworkText.parse(input, text);
    ReferenceNetwork reference = new ReferenceNetwork(network);
    Random random = new Random(7);
    double[] parameters = random.doubles(network.parameterCount(), -0.5, 0.5).toArray();
    double[][] images = {
      random.doubles(input.size()).toArray(), random.doubles(input.size()).toArray()
    };
    int[] labels = {0, network.classes() - 1};
    ReferenceNetwork.Pass pass = reference.run(parameters, images, labels);

    int compared = 0;
    for (int i = 0; i < parameters.length; i++) {
      double value = parameters[i];
      parameters[i] = value + STEP;
      ReferenceNetwork.Pass above = reference.run(parameters, images, labels);
      parameters[i] = value - STEP;
      ReferenceNetwork.Pass below = reference.run(parameters, images, labels);
      parameters[i] = value;
      // where a ReLU or a pooling window changes its mind in between there is no derivative
      if (above.choices().equals(pass.choices()) && below.choices().equals(pass.choices())) {
        double difference = (above.loss() - below.loss()) / (2 * STEP);
        double tolerance = 1e-9 + 1e-7 * Math.abs(difference); // batch normalisation curves more
        assertEquals(difference, pass.gradient()[i], tolerance, "parameter " + i);
        compared++;
      }
    }
    assertTrue(
        compared >= 0.95 * parameters.length, compared + " of " + parameters.length + " compared");
  }

  @Test
  void trainingFollowsPyTorchToTheBitsOfADouble() {
    ReferenceFile file = new ReferenceFile("odd.safetensors");
    ImageSet images = ReferenceFile.images();
    Network network = NetworkText.parse(images.shape(), file.metadata("network"));
    int batch = Integer.parseInt(file.metadata("batch"));
    double learningRate = Double.parseDouble(file.metadata("learning_rate"));
    double[] parameters = new double[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double[] initial = file.tensor("initial." + tensor.name());
      System.arraycopy(initial, 0, parameters, tensor.offset(), tensor.size());
    }
    double[] losses = file.tensor("losses");
    for (int step = 0; step < losses.length; step++) {
      int from = step * batch;
      double[][] inputs = new double[batch][];
      int[] labels = new int[batch];
      for (int i = 0; i < batch; i++) {
        inputs[i] = ReferenceNetwork.pixels(network, images, from + i);
        labels[i] = images.label(from + i);
      }
      ReferenceNetwork.Pass pass = new ReferenceNetwork(network).run(parameters, inputs, labels);
      assertEquals(losses[step], pass.loss(), 1e-13, "loss of step " + step);
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= learningRate * pass.gradient()[i];
      }
    }
  }

  @Test
  void convolutionWithStrideAndPaddingIsThatComputedByHand() {
    // 3x3 image 1..9, one 2x2 filter (1, 10; 100, 1000), bias 0.5, stride 2, padding 1
    Network network = NetworkText.parse(new Shape(1, 3, 3), "conv 1 2 stride 2 pad 1, dense 4");
    double[] parameters = new double[network.parameterCount()];
    double[] filter = {1, 10, 100, 1000, 0.5};
    System.arraycopy(filter, 0, parameters, 0, 5);
    for (int i = 0; i < 4; i++) {
      parameters[5 + i * 4 + i] = 1; // the dense layer passes its inputs on
    }
    double[][] images = {{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    double[] logits = new ReferenceNetwork(network).run(parameters, images, new int[1]).logits()[0];
    assertEquals(1000.5, logits[0]);
    assertEquals(3200.5, logits[1]);
    assertEquals(7040.5, logits[2]);
    assertEquals(9865.5, logits[3]);
  }

  /** Negative numbers, which padding with zeros would hide. */
  @Test
  void maxPoolWithPaddingIsThatComputedByHand() {
    // 3x3 image 1..9 times -1, windows of 2x2 with stride 2 and padding 1
    Network network =
        NetworkText.parse(new Shape(1, 3, 3), "conv 1 1 nobias, pool 2 pad 1, dense 4");
    double[] parameters = new double[network.parameterCount()];
    parameters[0] = -1;
    for (int i = 0; i < 4; i++) {
      parameters[1 + i * 4 + i] = 1; // the dense layer passes its inputs on
    }
    double[][] images = {{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    double[] logits = new ReferenceNetwork(network).run(parameters, images, new int[1]).logits()[0];
    assertArrayEquals(new double[] {-1, -2, -4, -5}, logits);
  }

  /** Pixels 1 to 4 times a filter of 0 are four equal outputs; the gradient sees the first, 1. */
  @Test
  void gradientOfAMaxPoolGoesToTheFirstOfEquals() {
    Network network = NetworkText.parse(new Shape(1, 2, 2), "conv 1 1 nobias, pool 2, dense 2");
    double[] parameters = {0, 1, 0, 0, 0}; // the first logit is the pool's output
    double[][] images = {{1, 2, 3, 4}};
    ReferenceNetwork.Pass pass =
        new ReferenceNetwork(network).run(parameters, images, new int[] {0});
    // both probabilities are 1/2, so the first logit's gradient is -1/2
    assertEquals(-0.5, pass.gradient()[0]);
  }
}
