package org.aparanet.engine.check;

import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;

/** A max-pool of {@link ReferenceNetwork}; the first maximum of a window takes its gradient. */
record ReferenceMaxPool(Node node, ReferenceWindow window) implements ReferenceLayer {

  ReferenceMaxPool(Node node, MaxPool layer) {
    this(
        node,
        new ReferenceWindow(node, layer.size(), layer.size(), layer.stride(), layer.padding()));
  }

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[][] y = new double[x.length][node.output().size()];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < y[image].length; o++) {
        y[image][o] = maximum(pass, x[image], o);
      }
    }
    return y;
  }

  private double maximum(ReferencePass pass, double[] x, int o) {
    int best = firstMaximum(x, o);
    pass.choose(best);
    for (int i : window.of(o)) {
      // zeros that a ReLU made stay equal whatever rounding does
      if (i != best && !(x[i] == 0 && x[best] == 0)) {
        pass.keepMargin(x[best] - x[i]);
      }
    }
    return x[best];
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[][] dx = new double[x.length][node.input().size()];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < dy[image].length; o++) {
        dx[image][firstMaximum(x[image], o)] += dy[image][o];
      }
    }
    return dx;
  }

  /** Index of the first maximum of the window of an output element. */
  private int firstMaximum(double[] x, int o) {
    int best = -1;
    for (int i : window.of(o)) {
      if (best < 0 || x[i] > x[best]) {
        best = i;
      }
    }
    return best;
  }
}
