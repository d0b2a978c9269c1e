package org.aparanet.engine.check;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Network;

/** The state of one pass of a batch through a {@link ReferenceNetwork}. */
final class ReferencePass {
  private final double[] parameters;
  private final double[][][] activations;
  private final double[] gradient;
  private final double[] statistics;
  private final double[][][] skips;
  private final long seed;
  private final long step;
  private final int before;
  private final List<Integer> choices = new ArrayList<>();
  private double margin = Double.POSITIVE_INFINITY;

  private ReferencePass(
      double[] parameters,
      double[][] images,
      int layers,
      double[] statistics,
      long seed,
      long step,
      int before) {
    this.parameters = parameters;
    this.statistics = statistics;
    this.seed = seed;
    this.step = step;
    this.before = before;
    activations = new double[layers + 1][][];
    activations[0] = images;
    gradient = new double[parameters.length];
    skips = new double[layers][][];
  }

  /** A pass of inference: running statistics, no dropout. */
  static ReferencePass inference(double[] parameters, double[][] images, int layers) {
    return new ReferencePass(parameters, images, layers, null, 0, 0, 0);
  }

  /**
   * A pass of training.
   *
   * @param network whose layers it goes through
   * @param seed of the training, for dropout
   * @param step number of the step, from 0, for dropout
   */
  static ReferencePass training(
      double[] parameters, double[][] images, Network network, long seed, long step) {
    return new ReferencePass(
        parameters,
        images,
        network.nodes().size(),
        parameters.clone(),
        seed,
        step,
        network.before());
  }

  boolean trains() {
    return statistics != null;
  }

  double[] parameters() {
    return parameters;
  }

  /** Gradient of the loss, laid out like the parameters; 0 for running statistics. */
  double[] gradient() {
    return gradient;
  }

  /** The parameters with the running statistics moved. */
  double[] statistics() {
    return statistics;
  }

  long seed() {
    return seed;
  }

  long step() {
    return step;
  }

  /** Layers of the whole network that stand before these. */
  int before() {
    return before;
  }

  /** Input of the layer with an index, [images][C x H x W]; behind the last layer, the logits. */
  double[][] input(int layer) {
    return activations[layer];
  }

  void setInput(int layer, double[][] values) {
    activations[layer] = values;
  }

  /** Adds to the gradient that reaches a layer's input through a skip connection. */
  void addSkip(int layer, double[][] dy) {
    skips[layer] = skips[layer] == null ? dy : sum(skips[layer], dy);
  }

  /** A layer's input gradient with what reaches the input through skip connections. */
  double[][] withSkips(int layer, double[][] dx) {
    return skips[layer] == null ? dx : sum(dx, skips[layer]);
  }

  /** Which way a ReLU or a window of a max-pool went, in order. */
  List<Integer> choices() {
    return choices;
  }

  void choose(int choice) {
    choices.add(choice);
  }

  /** Smallest distance of a ReLU's input from 0, or of a window's maximum from another value. */
  double margin() {
    return margin;
  }

  void keepMargin(double distance) {
    margin = Math.min(margin, distance);
  }

  static double[][] sum(double[][] x, double[][] addend) {
    double[][] y = new double[x.length][];
    for (int image = 0; image < x.length; image++) {
      y[image] = x[image].clone();
      for (int i = 0; i < y[image].length; i++) {
        y[image][i] += addend[image][i];
      }
    }
    return y;
  }
}
