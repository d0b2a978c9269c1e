package org.aparanet.model;

import java.util.Arrays;
import java.util.Random;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Network.Tensor;

/**
 * Draws the first values of each layer's parameters, layer by layer in the order of the network.
 *
 * @param rule how the weights of convolutions and dense layers spread
 * @param network of the layers
 * @param random gives the same values for the same seed
 * @param values receives them: the flat array of the network's parameters
 */
record InitialValues(Initialization rule, Network network, Random random, float[] values)
    implements Layer.Cases<Void> {

  @Override
  public Void convolution(Node node, Convolution layer) {
    double area = layer.filterHeight() * layer.filterWidth();
    return weights(node, rule == Initialization.HE ? he(node) : 1 / area);
  }

  @Override
  public Void dense(Node node, Dense layer) {
    return weights(node, rule == Initialization.HE ? he(node) : 1.0 / fanIn(node));
  }

  /** The identity: weights and variances 1, biases and means 0. */
  @Override
  public Void batchNorm(Node node, BatchNorm layer) {
    for (int i : new int[] {0, 3}) {
      Tensor ones = node.tensors().get(i);
      Arrays.fill(values, ones.offset(), ones.offset() + ones.size(), 1f);
    }
    return null;
  }

  @Override
  public Void maxPool(Node node, MaxPool layer) {
    return null;
  }

  @Override
  public Void averagePool(Node node, AveragePool layer) {
    return null;
  }

  @Override
  public Void globalAveragePool(Node node, GlobalAveragePool layer) {
    return null;
  }

  @Override
  public Void relu(Node node, Relu layer) {
    return null;
  }

  @Override
  public Void leakyRelu(Node node, LeakyRelu layer) {
    return null;
  }

  @Override
  public Void dropout(Node node, Dropout layer) {
    return null;
  }

  @Override
  public Void residualAdd(Node node, ResidualAdd layer) {
    return null;
  }

  @Override
  public Void shortcut(Node node, Shortcut layer) {
    return null;
  }

  /** Normally distributed weights; biases stay 0. */
  private Void weights(Node node, double deviation) {
    Tensor weight = node.tensors().get(0);
    for (int i = 0; i < weight.size(); i++) {
      values[weight.offset() + i] = (float) (random.nextGaussian() * deviation);
    }
    return null;
  }

  private static int fanIn(Node node) {
    Tensor weight = node.tensors().get(0);
    return weight.size() / weight.dimensions().get(0);
  }

  /**
   * Standard deviation that keeps the variance of activations, a ReLU behind the layer included.
   */
  private double he(Node node) {
    return Math.sqrt(Gain.behind(network, node) / fanIn(node));
  }
}
