package org.aparanet.engine.check;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
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
   * What one pass over a batch gives.
   *
   * @param logits [images][classes]
   * @param loss mean softmax cross-entropy
   * @param gradient of the loss, laid out like the parameters
   * @param choices which way each ReLU and each pooling window went, in order
   * @param margin how far the nearest ReLU input is from 0, or the nearest pooling window from
   *     another choice: below it, rounding decides
   */
  public record Pass(
      double[][] logits, double loss, double[] gradient, List<Integer> choices, double margin) {}

  /** Forward and backward over a batch of images with their labels. */
  public Pass run(double[] parameters, double[][] images, int[] labels) {
    double[][] logits = new double[images.length][];
    double[] gradient = new double[parameters.length];
    Trace trace = new Trace();
    double loss = 0;
    for (int image = 0; image < images.length; image++) {
      double[][] activations = forward(parameters, images[image], trace);
      double[] outputs = activations[network.nodes().size()];
      logits[image] = outputs;
      double[] probabilities = softmax(outputs);
      loss -= Math.log(probabilities[labels[image]]) / images.length;
      double[] dLogits = new double[outputs.length];
      for (int c = 0; c < outputs.length; c++) {
        double target = c == labels[image] ? 1 : 0;
        dLogits[c] = (probabilities[c] - target) / images.length;
      }
      backward(parameters, activations, dLogits, gradient);
    }
    return new Pass(logits, loss, gradient, trace.choices, trace.margin);
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

  /** Activations by node: its input; last, the logits. */
  private double[][] forward(double[] parameters, double[] image, Trace trace) {
    double[][] activations = new double[network.nodes().size() + 1][];
    activations[0] = image;
    for (Node node : network.nodes()) {
      double[] x = activations[node.index()];
      double[] y;
      if (node.layer() instanceof Convolution convolution) {
        y = convolution(node, convolution, parameters, x);
      } else if (node.layer() instanceof MaxPool pool) {
        y = maxPool(node, pool, x, trace);
      } else if (node.layer() instanceof Dense) {
        y = dense(node, parameters, x);
      } else {
        y = relu(x, trace);
      }
      activations[node.index() + 1] = y;
    }
    return activations;
  }

  private void backward(
      double[] parameters, double[][] activations, double[] dLogits, double[] gradient) {
    double[] dy = dLogits;
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      double[] x = activations[i];
      if (node.layer() instanceof Convolution convolution) {
        dy = convolutionBackward(node, convolution, parameters, x, dy, gradient);
      } else if (node.layer() instanceof MaxPool pool) {
        dy = maxPoolBackward(node, pool, x, dy);
      } else if (node.layer() instanceof Dense) {
        dy = denseBackward(node, parameters, x, dy, gradient);
      } else {
        dy = reluBackward(x, dy);
      }
    }
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
    Shape in = node.input();
    Shape out = node.output();
    int c = o / out.plane();
    int oy = o % out.plane() / out.width();
    int ox = o % out.width();
    int[] indices = new int[layer.size() * layer.size()];
    for (int k = 0; k < indices.length; k++) {
      int iy = oy * layer.stride() + k / layer.size();
      int ix = ox * layer.stride() + k % layer.size();
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
}
