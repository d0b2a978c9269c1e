package org.aparanet.engine.check;

import org.aparanet.model.Network.Node;

/** An average pool of {@link ReferenceNetwork}, over windows or over the whole plane. */
record ReferenceAveragePool(Node node, ReferenceWindow window) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[][] y = new double[x.length][node.output().size()];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < y[image].length; o++) {
        int[] indices = window.of(o);
        for (int i : indices) {
          y[image][o] += x[image][i] / indices.length;
        }
      }
    }
    return y;
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[][] dx = new double[x.length][node.input().size()];
    for (int image = 0; image < x.length; image++) {
      for (int o = 0; o < dy[image].length; o++) {
        int[] indices = window.of(o);
        for (int i : indices) {
          dx[image][i] += dy[image][o] / indices.length;
        }
      }
    }
    return dx;
  }
}
