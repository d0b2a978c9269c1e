package org.aparanet.engine.check;

/**
 * A ReLU or a leaky ReLU of {@link ReferenceNetwork}: x, or slope * x where x is not positive.
 *
 * @param slope 0 for a ReLU; else as the leaky ReLU's record has it, in single precision
 */
record ReferenceRelu(double slope) implements ReferenceLayer {

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[][] y = new double[x.length][];
    for (int image = 0; image < x.length; image++) {
      y[image] = new double[x[image].length];
      for (int i = 0; i < y[image].length; i++) {
        double value = x[image][i];
        y[image][i] = value > 0 ? value : slope * value;
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
        dx[image][i] = x[image][i] > 0 ? dy[image][i] : slope * dy[image][i];
      }
    }
    return dx;
  }
}
