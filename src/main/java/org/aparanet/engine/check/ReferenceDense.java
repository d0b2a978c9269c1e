package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;

/** A dense layer of {@link ReferenceNetwork}: y = W x + b. */
record ReferenceDense(Node node) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[] w = pass.parameters();
    int inputs = node.input().size();
    double[][] y = new double[x.length][node.output().size()];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < y[image].length; o++) {
        y[image][o] = w[bias() + o];
        for (int i = 0; i < inputs; i++) {
          y[image][o] += w[weights() + o * inputs + i] * x[image][i];
        }
      }
    }
    return y;
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[] w = pass.parameters();
    double[] gradient = pass.gradient();
    int inputs = node.input().size();
    double[][] dx = new double[x.length][inputs];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < dy[image].length; o++) {
        gradient[bias() + o] += dy[image][o];
        for (int i = 0; i < inputs; i++) {
          dx[image][i] += w[weights() + o * inputs + i] * dy[image][o];
          gradient[weights() + o * inputs + i] += x[image][i] * dy[image][o];
        }
      }
    }
    return dx;
  }

  private int weights() {
    return node.tensors().get(0).offset();
  }

  private int bias() {
    return node.tensors().get(1).offset();
  }
}
