package org.aparanet.engine.check;

import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network.Node;

/** Dropout of {@link ReferenceNetwork}: training keeps an element, scaled, or makes it 0. */
record ReferenceDropout(Node node, Dropout layer) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    return pass.trains() ? masked(pass, x) : x;
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    return masked(pass, dy);
  }

  private double[][] masked(ReferencePass pass, double[][] values) {
    int key = DropoutMask.key(pass.seed(), pass.step(), pass.before() + node.index());
    double scale = 1 / (1 - (double) layer.probability());
    double[][] masked = new double[values.length][node.output().size()];
    for (int image = 0; image < values.length; image++) {
      for (int i = 0; i < masked[image].length; i++) {
        int element = image * masked[image].length + i;
        boolean kept = DropoutMask.keeps(key, element, layer.probability());
        masked[image][i] = kept ? values[image][i] * scale : 0;
      }
    }
    return masked;
  }
}
