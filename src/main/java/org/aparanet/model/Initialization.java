package org.aparanet.model;

import java.util.Arrays;
import java.util.Random;

/** How parameters are drawn before training; biases start at zero in both ways. */
public enum Initialization {

  /**
   * Normal with standard deviation sqrt(gain / fan-in), gain 2 where ReLU follows (directly or
   * after max-pool or batch normalisation) and 1 elsewhere (He et al., 2015, "Delving deep into
   * rectifiers", arXiv:1502.01852).
   */
  HE,

  /**
   * As in the article: a filter is standard normal divided by its area, a dense weight standard
   * normal divided by the number of inputs.
   */
  ARTICLE;

  /** The article's way for the article's network, He's for all others. */
  public static Initialization suited(Network network) {
    return network.text().equals(NamedNetwork.ARTICLE.text(network.classes())) ? ARTICLE : HE;
  }

  /**
   * Draws all parameters of a network.
   *
   * @return a new flat array of {@link Network#parameterCount()} elements; the same seed gives the
   *     same values
   */
  public float[] draw(Network network, long seed) {
    Random random = new Random(seed); // its sequence is specified, so it is the same on every JDK
    float[] values = new float[network.parameterCount()];
    for (Network.Node node : network.nodes()) {
      if (node.tensors().isEmpty()) {
        continue;
      }
      Network.Tensor weight = node.tensors().get(0);
      if (node.layer() instanceof BatchNorm) {
        normalization(node, values);
        continue;
      }
      double deviation = deviation(network, node, weight);
      for (int i = 0; i < weight.size(); i++) {
        values[weight.offset() + i] = (float) (random.nextGaussian() * deviation);
      }
      for (Network.Tensor bias : node.tensors().subList(1, node.tensors().size())) {
        Arrays.fill(values, bias.offset(), bias.offset() + bias.size(), 0f);
      }
    }
    return values;
  }

  /** The identity: weights and variances 1, biases and means 0. */
  private static void normalization(Network.Node node, float[] values) {
    for (int i : new int[] {0, 3}) {
      Network.Tensor ones = node.tensors().get(i);
      Arrays.fill(values, ones.offset(), ones.offset() + ones.size(), 1f);
    }
  }

  private double deviation(Network network, Network.Node node, Network.Tensor weight) {
    int fanIn = weight.size() / weight.dimensions().get(0);
    if (this == HE) {
      return Math.sqrt((reluFollows(network, node) ? 2.0 : 1.0) / fanIn);
    }
    return node.layer() instanceof Convolution convolution
        ? 1.0 / (convolution.filterHeight() * convolution.filterWidth())
        : 1.0 / fanIn;
  }

  private static boolean reluFollows(Network network, Network.Node node) {
    for (int i = node.index() + 1; i < network.nodes().size(); i++) {
      Layer layer = network.nodes().get(i).layer();
      if (!(layer instanceof MaxPool || layer instanceof BatchNorm)) {
        return layer instanceof Relu;
      }
    }
    return false;
  }
}
