package org.aparanet.engine.check;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;

/**
 * What every engine is measured against: a network in double precision, written straight from the
 * layers' definitions, one image and one multiplication at a time.
 */
public final class ReferenceNetwork {
  private final Network network;

  public ReferenceNetwork(Network network) {
    this.network = network;
  }

  /**
   * What one training pass over a batch gives.
   *
   * @param logits [images][classes]
   * @param loss mean softmax cross-entropy
   * @param gradient of the loss, laid out like the parameters; 0 for running statistics
   * @param statistics the parameters with the running statistics moved
   * @param choices which way each ReLU and each max-pool's window went, in order
   * @param margin how far the nearest ReLU input is from 0, or the nearest pooling window from
   *     another choice: below it, rounding decides
   */
  public record Pass(
      double[][] logits,
      double loss,
      double[] gradient,
      double[] statistics,
      List<Integer> choices,
      double margin) {}

  /** Forward and backward over a batch of images, in the first step of a training with seed 0. */
  public Pass run(double[] parameters, double[][] images, int[] labels) {
    return run(parameters, images, labels, 0, 0);
  }

  /**
   * Forward and backward over a batch of images with their labels.
   *
   * @param seed of the training, for dropout
   * @param step number of the step, from 0, for dropout
   */
  public Pass run(double[] parameters, double[][] images, int[] labels, long seed, long step) {
    Trace trace = new Trace();
    double[] statistics = parameters.clone();
    double[][][] activations = forward(parameters, images, trace, statistics, seed, step);
    double[][] logits = activations[network.nodes().size()];
    double[][] dLogits = new double[images.length][network.classes()];
    double loss = 0;
    for (int image = 0; image < images.length; image++) {
      double[] probabilities = softmax(logits[image]);
      loss -= Math.log(probabilities[labels[image]]) / images.length;
      for (int c = 0; c < probabilities.length; c++) {
        double target = c == labels[image] ? 1 : 0;
        dLogits[image][c] = (probabilities[c] - target) / images.length;
      }
    }
    double[] gradient = new double[parameters.length];
    backward(parameters, activations, dLogits, gradient, seed, step);
    return new Pass(logits, loss, gradient, statistics, trace.choices, trace.margin);
  }

  /** The logits of inference, [images][classes]: with running statistics, without dropout. */
  public double[][] infer(double[] parameters, double[][] images) {
    return forward(parameters, images, new Trace(), null, 0, 0)[network.nodes().size()];
  }

  /** The image as the network sees it. */
  public static double[] pixels(ImageSet set, int image) {
    double[] values = new double[set.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (set.pixels()[image * values.length + i] & 0xFF) / 255.0;
    }
    return values;
  }

  public static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] = Math.exp(logits[c] - largest);
      sum += probabilities[c];
    }
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  private static final class Trace {
    private final List<Integer> choices = new ArrayList<>();
    private double margin = Double.POSITIVE_INFINITY;
  }

  /**
   * Activations by node and image: its input; last, the logits.
   *
   * @param statistics receives the running statistics of a training step; null for inference
   */
  private double[][][] forward(
      double[] parameters,
      double[][] images,
      Trace trace,
      double[] statistics,
      long seed,
      long step) {
    double[][][] activations = new double[network.nodes().size() + 1][][];
    activations[0] = images;
    for (Node node : network.nodes()) {
      int i = node.index();
      double[][] x = activations[i];
      if (node.layer() instanceof BatchNorm) {
        activations[i + 1] =
            statistics == null
                ? ReferenceNorm.infer(node, parameters, x)
                : ReferenceNorm.forward(node, parameters, x, statistics);
        continue;
      }
      double[][] y = new double[images.length][];
      for (int image = 0; image < images.length; image++) {
        double[] skipped =
            node.layer() instanceof ResidualAdd add ? activations[i - add.layers()][image] : null;
        boolean drops = node.layer() instanceof Dropout && statistics != null;
        double[] mask = drops ? mask(node, image, seed, step) : null;
        y[image] = forward(node, parameters, x[image], skipped, mask, trace);
      }
      activations[i + 1] = y;
    }
    return activations;
  }

  private static double[] forward(
      Node node, double[] parameters, double[] x, double[] skipped, double[] mask, Trace trace) {
    if (node.layer() instanceof Convolution convolution) {
      return convolution(node, convolution, parameters, x);
    }
    if (node.layer() instanceof MaxPool pool) {
      return maxPool(node, pool, x, trace);
    }
    if (node.layer() instanceof Dense) {
      return dense(node, parameters, x);
    }
    if (node.layer() instanceof Relu) {
      return relu(x, trace);
    }
    if (node.layer() instanceof ResidualAdd) {
      return add(x, skipped);
    }
    if (node.layer() instanceof Dropout) {
      return mask == null ? x : multiply(x, mask);
    }
    return averagePool(node, x);
  }

  private void backward(
      double[] parameters,
      double[][][] activations,
      double[][] dLogits,
      double[] gradient,
      long seed,
      long step) {
    int nodes = network.nodes().size();
    int images = dLogits.length;
    double[][][] skips = new double[nodes][images][]; // gradients that go around a branch
    double[][] dy = dLogits;
    for (int i = nodes - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      double[][] x = activations[i];
      double[][] dx = new double[images][];
      if (node.layer() instanceof BatchNorm) {
        dx = ReferenceNorm.backward(node, parameters, x, dy, gradient);
      } else {
        for (int image = 0; image < images; image++) {
          dx[image] =
              node.layer() instanceof Dropout
                  ? multiply(dy[image], mask(node, image, seed, step))
                  : backward(node, parameters, x[image], dy[image], gradient);
        }
      }
      for (int image = 0; image < images; image++) {
        if (skips[i][image] != null) {
          dx[image] = add(dx[image], skips[i][image]);
        }
        if (node.layer() instanceof ResidualAdd add) {
          double[] skip = skips[i - add.layers()][image];
          skips[i - add.layers()][image] = skip == null ? dy[image] : add(skip, dy[image]);
        }
      }
      dy = dx;
    }
  }

  private static double[] backward(
      Node node, double[] parameters, double[] x, double[] dy, double[] gradient) {
    if (node.layer() instanceof Convolution convolution) {
      return convolutionBackward(node, convolution, parameters, x, dy, gradient);
    }
    if (node.layer() instanceof MaxPool pool) {
      return maxPoolBackward(node, pool, x, dy);
    }
    if (node.layer() instanceof Dense) {
      return denseBackward(node, parameters, x, dy, gradient);
    }
    if (node.layer() instanceof Relu) {
      return reluBackward(x, dy);
    }
    return node.layer() instanceof ResidualAdd ? dy : averagePoolBackward(node, x, dy);
  }

  /** A multiplication of a convolution: y[output] += filters[filter] * x[input]. */
  @FunctionalInterface
  private interface Term {
    void accept(int output, int filter, int input);
  }

  private static void convolutionTerms(Node node, Convolution layer, Term term) {
    Shape in = node.input();
    Shape out = node.output();
    for (int f = 0; f < out.channels(); f++) {
      for (int oy = 0; oy < out.height(); oy++) {
        for (int ox = 0; ox < out.width(); ox++) {
          for (int c = 0; c < in.channels(); c++) {
            for (int fy = 0; fy < layer.filterHeight(); fy++) {
              for (int fx = 0; fx < layer.filterWidth(); fx++) {
                int iy = oy * layer.stride() - layer.padding() + fy;
                int ix = ox * layer.stride() - layer.padding() + fx;
                if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width()) {
                  term.accept(
                      (f * out.height() + oy) * out.width() + ox,
                      ((f * in.channels() + c) * layer.filterHeight() + fy) * layer.filterWidth()
                          + fx,
                      (c * in.height() + iy) * in.width() + ix);
                }
              }
            }
          }
        }
      }
    }
  }

  private static double[] convolution(Node node, Convolution layer, double[] w, double[] x) {
    int filters = node.tensors().get(0).offset();
    double[] y = new double[node.output().size()];
    if (layer.bias()) {
      for (int i = 0; i < y.length; i++) {
        y[i] = w[node.tensors().get(1).offset() + i / node.output().plane()];
      }
    }
    convolutionTerms(node, layer, (o, f, i) -> y[o] += w[filters + f] * x[i]);
    return y;
  }

  private static double[] convolutionBackward(
      Node node, Convolution layer, double[] w, double[] x, double[] dy, double[] gradient) {
    int filters = node.tensors().get(0).offset();
    double[] dx = new double[x.length];
    convolutionTerms(
        node,
        layer,
        (o, f, i) -> {
          dx[i] += w[filters + f] * dy[o];
          gradient[filters + f] += x[i] * dy[o];
        });
    if (layer.bias()) {
      for (int i = 0; i < dy.length; i++) {
        gradient[node.tensors().get(1).offset() + i / node.output().plane()] += dy[i];
      }
    }
    return dx;
  }

  /** Index of the first maximum of the window of output element {@code o}. */
  private static int firstMaximum(Node node, MaxPool layer, double[] x, int o) {
    int best = -1;
    for (int i : window(node, layer, o)) {
      if (best < 0 || x[i] > x[best]) {
        best = i;
      }
    }
    return best;
  }

  private static int[] window(Node node, MaxPool layer, int o) {
    return window(node, layer.size(), layer.size(), layer.stride(), o);
  }

  private static int[] window(Node node, int height, int width, int stride, int o) {
    Shape in = node.input();
    Shape out = node.output();
    int c = o / out.plane();
    int oy = o % out.plane() / out.width();
    int ox = o % out.width();
    int[] indices = new int[height * width];
    for (int k = 0; k < indices.length; k++) {
      int iy = oy * stride + k / width;
      int ix = ox * stride + k % width;
      indices[k] = (c * in.height() + iy) * in.width() + ix;
    }
    return indices;
  }

  private static double[] maxPool(Node node, MaxPool layer, double[] x, Trace trace) {
    double[] y = new double[node.output().size()];
    for (int o = 0; o < y.length; o++) {
      int best = firstMaximum(node, layer, x, o);
      y[o] = x[best];
      trace.choices.add(best);
      for (int i : window(node, layer, o)) {
        // zeros that a ReLU made stay equal whatever rounding does
        if (i != best && !(x[i] == 0 && x[best] == 0)) {
          trace.margin = Math.min(trace.margin, x[best] - x[i]);
        }
      }
    }
    return y;
  }

  private static double[] maxPoolBackward(Node node, MaxPool layer, double[] x, double[] dy) {
    double[] dx = new double[x.length];
    for (int o = 0; o < dy.length; o++) {
      dx[firstMaximum(node, layer, x, o)] += dy[o];
    }
    return dx;
  }

  private static double[] dense(Node node, double[] w, double[] x) {
    int weights = node.tensors().get(0).offset();
    int bias = node.tensors().get(1).offset();
    double[] y = new double[node.output().size()];
    for (int o = 0; o < y.length; o++) {
      y[o] = w[bias + o];
      for (int i = 0; i < x.length; i++) {
        y[o] += w[weights + o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] denseBackward(
      Node node, double[] w, double[] x, double[] dy, double[] gradient) {
    int weights = node.tensors().get(0).offset();
    int bias = node.tensors().get(1).offset();
    double[] dx = new double[x.length];
    for (int o = 0; o < dy.length; o++) {
      gradient[bias + o] += dy[o];
      for (int i = 0; i < x.length; i++) {
        dx[i] += w[weights + o * x.length + i] * dy[o];
        gradient[weights + o * x.length + i] += x[i] * dy[o];
      }
    }
    return dx;
  }

  private static double[] relu(double[] x, Trace trace) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] > 0 ? x[i] : 0;
      trace.choices.add(x[i] > 0 ? 1 : 0);
      if (x[i] != 0) {
        trace.margin = Math.min(trace.margin, Math.abs(x[i]));
      }
    }
    return y;
  }

  private static double[] reluBackward(double[] x, double[] dy) {
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      dx[i] = x[i] > 0 ? dy[i] : 0;
    }
    return dx;
  }

  private static int[] averageWindow(Node node, int o) {
    if (node.layer() instanceof AveragePool pool) {
      return window(node, pool.size(), pool.size(), pool.stride(), o);
    }
    return window(node, node.input().height(), node.input().width(), 1, o);
  }

  private static double[] averagePool(Node node, double[] x) {
    double[] y = new double[node.output().size()];
    for (int o = 0; o < y.length; o++) {
      int[] window = averageWindow(node, o);
      for (int i : window) {
        y[o] += x[i] / window.length;
      }
    }
    return y;
  }

  private static double[] averagePoolBackward(Node node, double[] x, double[] dy) {
    double[] dx = new double[x.length];
    for (int o = 0; o < dy.length; o++) {
      int[] window = averageWindow(node, o);
      for (int i : window) {
        dx[i] += dy[o] / window.length;
      }
    }
    return dx;
  }

  /** What each element of an image is multiplied by: 0, or the scale of those that are kept. */
  private static double[] mask(Node node, int image, long seed, long step) {
    Dropout layer = (Dropout) node.layer();
    int key = DropoutMask.key(seed, step, node.index());
    double[] mask = new double[node.output().size()];
    for (int i = 0; i < mask.length; i++) {
      boolean kept = DropoutMask.keeps(key, image * mask.length + i, layer.probability());
      mask[i] = kept ? 1 / (1 - (double) layer.probability()) : 0;
    }
    return mask;
  }

  private static double[] multiply(double[] x, double[] factor) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] * factor[i];
    }
    return y;
  }

  private static double[] add(double[] x, double[] addend) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] + addend[i];
    }
    return y;
  }
}
