package org.aparanet.engine.check;

/** A ReLU of {@link ReferenceNetwork}: max(x, 0), with gradient 0 at 0. */
record ReferenceRelu() implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[][] y = new double[x.length][];
    for (int image = 0; image < x.length; image++) {
      y[image] = new double[x[image].length];
      for (int i = 0; i < y[image].length; i++) {
        double value = x[image][i];
        y[image][i] = value > 0 ? value : 0;
        pass.choose(value > 0 ? 1 : 0);
        if (value != 0) {
          pass.keepMargin(Math.abs(value));
        }
      }
    }
    return y;
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[][] dx = new double[x.length][];
    for (int image = 0; image < x.length; image++) {
      dx[image] = new double[x[image].length];
      for (int i = 0; i < dx[image].length; i++) {
        dx[image][i] = x[image][i] > 0 ? dy[image][i] : 0;
      }
    }
    return dx;
  }
}
