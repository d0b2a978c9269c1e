package org.aparanet.model;

import org.aparanet.model.Network.Node;

/**
 * The square of the gain that makes up for the effect of a layer on the second moment of what it is
 * given, for the initialisation of He et al. (2015, arXiv:1502.01852) of the layer before.
 */
final class Gain implements Layer.Cases<Double> {
  /** Leaves the second moment as it is. */
  private static final double NONE = 1;

  /** The next layer decides. */
  private static final double HANDED_ON = Double.NaN;

  private static final Gain CASES = new Gain();

  private Gain() {}

  /** The square of the gain that makes up for the activation behind a layer. */
  static double behind(Network network, Node node) {
    for (int i = node.index() + 1; i < network.nodes().size(); i++) {
      double gain = network.nodes().get(i).accept(CASES);
      if (!Double.isNaN(gain)) {
        return gain;
      }
    }
    return NONE;
  }

  @Override
  public Double convolution(Node node, Convolution layer) {
    return NONE;
  }

  @Override
  public Double dense(Node node, Dense layer) {
    return NONE;
  }

  @Override
  public Double maxPool(Node node, MaxPool layer) {
    return HANDED_ON;
  }

  @Override
  public Double averagePool(Node node, AveragePool layer) {
    return NONE;
  }

  @Override
  public Double globalAveragePool(Node node, GlobalAveragePool layer) {
    return NONE;
  }

  /** Half of the second moment is that of the negative numbers. */
  @Override
  public Double relu(Node node, Relu layer) {
    return 2.0;
  }

  @Override
  public Double leakyRelu(Node node, LeakyRelu layer) {
    double slope = layer.slope();
    return 2 / (1 + slope * slope);
  }

  @Override
  public Double batchNorm(Node node, BatchNorm layer) {
    return HANDED_ON;
  }

  @Override
  public Double dropout(Node node, Dropout layer) {
    return NONE;
  }

  @Override
  public Double residualAdd(Node node, ResidualAdd layer) {
    return NONE;
  }

  @Override
  public Double shortcut(Node node, Shortcut layer) {
    return NONE;
  }
}
