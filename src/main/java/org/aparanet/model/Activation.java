package org.aparanet.model;

import org.aparanet.model.Network.Node;

/**
 * Effect of the layers behind a convolution or a dense layer on the variance of its output, for the
 * initialisation of He et al. (2015, arXiv:1502.01852).
 */
enum Activation {
  /** Halves the second moment. */
  RELU(2),
  /** Leaves it as it is. */
  NONE(1),
  /** The next layer decides. */
  HANDED_ON(Double.NaN);

  private static final Layer.Cases<Activation> CASES = new Cases();

  private final double gain;

  Activation(double gain) {
    this.gain = gain;
  }

  /** The square of the gain that makes up for the activation behind a layer. */
  static double gainBehind(Network network, Node node) {
    for (int i = node.index() + 1; i < network.nodes().size(); i++) {
      Activation activation = network.nodes().get(i).accept(CASES);
      if (activation != HANDED_ON) {
        return activation.gain;
      }
    }
    return NONE.gain;
  }

  private static final class Cases implements Layer.Cases<Activation> {

    @Override
    public Activation convolution(Node node, Convolution layer) {
      return NONE;
    }

    @Override
    public Activation dense(Node node, Dense layer) {
      return NONE;
    }

    @Override
    public Activation maxPool(Node node, MaxPool layer) {
      return HANDED_ON;
    }

    @Override
    public Activation averagePool(Node node, AveragePool layer) {
      return NONE;
    }

    @Override
    public Activation globalAveragePool(Node node, GlobalAveragePool layer) {
      return NONE;
    }

    @Override
    public Activation relu(Node node, Relu layer) {
      return RELU;
    }

    @Override
    public Activation batchNorm(Node node, BatchNorm layer) {
      return HANDED_ON;
    }

    @Override
    public Activation dropout(Node node, Dropout layer) {
      return NONE;
    }

    @Override
    public Activation residualAdd(Node node, ResidualAdd layer) {
      return NONE;
    }
  }
}
