package org.aparanet.engine.cpu.slice;

import java.util.List;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Statistics of a batch in a batch normalisation, and the means that its backward pass subtracts.
 * They are written by the calling thread between two stages of a step, and read by all threads in
 * the next.
 *
 * <p>Slices are always merged in their order, so the result does not depend on the threads.
 */
public final class Normalization {
  private final Node node;
  private final ParameterOrder order;
  private final int channels;
  private final float[] variance; // of a sample, for the running ones
  private final float[] mean;
  private final float[] inverse; // of the standard deviation
  private final float[] scale;
  private final float[] shift;
  private final float[] dMean; // mean of dOut
  private final float[] dSlope; // mean of dOut * (in - mean), over the variance

  private Normalization(Node node, ParameterOrder order) {
    this.node = node;
    this.order = order;
    channels = node.input().channels();
    variance = new float[channels];
    mean = new float[channels];
    inverse = new float[channels];
    scale = new float[channels];
    shift = new float[channels];
    dMean = new float[channels];
    dSlope = new float[channels];
  }

  /** Batch normalisations of a network, by node; null where a node is none. */
  public static Normalization[] of(Network network, ParameterOrder order) {
    return network.nodes().stream()
        .map(node -> node.layer() instanceof BatchNorm ? new Normalization(node, order) : null)
        .toArray(Normalization[]::new);
  }

  public Node node() {
    return node;
  }

  /** Means [C], subtracted from the input. */
  public float[] mean() {
    return mean;
  }

  /** Factors [C] after that: weight over standard deviation. */
  public float[] scale() {
    return scale;
  }

  /** Addends [C] after that. */
  public float[] shift() {
    return shift;
  }

  /** Means [C] of the output's gradient, subtracted from it. */
  public float[] dMean() {
    return dMean;
  }

  /** Slopes [C] of the output's gradient, subtracted from it for each unit of (in - mean). */
  public float[] dSlope() {
    return dSlope;
  }

  /** Sets the statistics to the running ones, for inference. */
  public void infer(float[] parameters) {
    int means = order.statistics(node);
    for (int c = 0; c < channels; c++) {
      mean[c] = parameters[means + c];
      double v = parameters[means + channels + c];
      normalizeWith(c, v, parameters);
    }
  }

  private void normalizeWith(int c, double populationVariance, float[] parameters) {
    double i = 1 / Math.sqrt(populationVariance + BatchNorm.EPSILON);
    inverse[c] = (float) i;
    scale[c] = (float) (parameters[order.weight(node) + c] * i);
    shift[c] = parameters[order.bias(node) + c];
  }

  /**
   * Merges the statistics of a batch's slices: each two sets of values become one (Chan, Golub,
   * LeVeque, 1979, "Updating formulae and a pairwise algorithm for computing sample variances").
   *
   * @param slices of the batch
   */
  public void train(List<SliceSums> slices, float[] parameters) {
    for (int c = 0; c < channels; c++) {
      double values = 0;
      double m = 0;
      double squares = 0;
      for (SliceSums slice : slices) {
        double distance = slice.mean(c) - m;
        double all = values + slice.values();
        squares += slice.squares(c) + distance * distance * values * slice.values() / all;
        m += distance * slice.values() / all;
        values = all;
      }
      mean[c] = (float) m;
      normalizeWith(c, squares / values, parameters);
      variance[c] = (float) (squares / Math.max(1, values - 1));
    }
  }

  /**
   * Merges the sums of gradients of a batch's slices.
   *
   * @param gradient receives the gradients of weights and biases
   */
  public void backward(List<SliceSums> slices, float[] gradient) {
    for (int c = 0; c < channels; c++) {
      double values = 0;
      double sum = 0;
      double product = 0;
      for (SliceSums slice : slices) {
        values += slice.values();
        sum += slice.dSum(c);
        product += slice.dProduct(c);
      }
      gradient[order.weight(node) + c] = (float) (product * inverse[c]);
      gradient[order.bias(node) + c] = (float) sum;
      dMean[c] = (float) (sum / values);
      dSlope[c] = (float) (product / values * inverse[c] * inverse[c]);
    }
  }

  /** Updates the running statistics with those of the batch. */
  public void moveRunning(float[] parameters) {
    int means = order.statistics(node);
    for (int c = 0; c < channels; c++) {
      move(parameters, means + c, mean[c]);
      move(parameters, means + channels + c, variance[c]);
    }
  }

  private static void move(float[] parameters, int at, float towards) {
    parameters[at] += BatchNorm.MOMENTUM * (towards - parameters[at]);
  }
}
