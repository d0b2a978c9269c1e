package org.aparanet.engine.check;

import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/** A convolution of {@link ReferenceNetwork}: one multiplication at a time. */
record ReferenceConvolution(Node node, Convolution layer) implements ReferenceLayer {

  /** A multiplication of a convolution: y[output] += filters[filter] * x[input]. */
  @FunctionalInterface
  private interface Term {
    void accept(int output, int filter, int input);
  }

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    double[] w = pass.parameters();
    int filters = node.tensors().get(0).offset();
    double[][] y = new double[x.length][node.output().size()];
    for (int image = 0; image < x.length; image++) {
      double[] in = x[image];
      double[] out = y[image];
      for (int i = 0; layer.bias() && i < out.length; i++) {
        out[i] = w[node.tensors().get(1).offset() + i / node.output().plane()];
      }
      terms((o, f, i) -> out[o] += w[filters + f] * in[i]);
    }
    return y;
  }

  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[] w = pass.parameters();
    double[] gradient = pass.gradient();
    int filters = node.tensors().get(0).offset();
    double[][] dx = new double[x.length][node.input().size()];
    for (int image = 0; image < x.length; image++) {
      double[] in = x[image];
      double[] dIn = dx[image];
      double[] dOut = dy[image];
      terms(
          (o, f, i) -> {
            dIn[i] += w[filters + f] * dOut[o];
            gradient[filters + f] += in[i] * dOut[o];
          });
      for (int i = 0; layer.bias() && i < dOut.length; i++) {
        gradient[node.tensors().get(1).offset() + i / node.output().plane()] += dOut[i];
      }
    }
    return dx;
  }

  private void terms(Term term) {
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
}
