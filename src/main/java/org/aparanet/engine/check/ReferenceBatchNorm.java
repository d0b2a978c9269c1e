package org.aparanet.engine.check;

import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Network.Tensor;

/** Batch normalisation of {@link ReferenceNetwork}; values are [images][C x H x W]. */
record ReferenceBatchNorm(Node node) implements ReferenceLayer {

  /** A channel's mean and population variance over a batch, and how many values it has. */
  private record Statistics(double mean, double variance, int count) {

    static Statistics of(Node node, double[][] x, int channel) {
      int plane = node.input().plane();
      int count = x.length * plane;
      double mean = 0;
      for (double[] image : x) {
        for (int i = channel * plane; i < (channel + 1) * plane; i++) {
          mean += image[i] / count;
        }
      }
      double variance = 0;
      for (double[] image : x) {
        for (int i = channel * plane; i < (channel + 1) * plane; i++) {
          variance += (image[i] - mean) * (image[i] - mean) / count;
        }
      }
      return new Statistics(mean, variance, count);
    }

    double deviation() {
      return Math.sqrt(variance + BatchNorm.EPSILON);
    }
  }

  @Override
  public double[][] forward(ReferencePass pass, double[][] x) {
    return pass.trains()
        ? train(pass.parameters(), x, pass.statistics())
        : infer(pass.parameters(), x);
  }

  /** With the batch's own statistics; moves the running ones. */
  private double[][] train(double[] parameters, double[][] x, double[] running) {
    double[][] y = new double[x.length][node.output().size()];
    Tensor means = node.tensors().get(2);
    Tensor variances = node.tensors().get(3);
    for (int c = 0; c < node.input().channels(); c++) {
      Statistics s = Statistics.of(node, x, c);
      normalize(parameters, x, y, c, s.mean(), s.deviation());
      double sample = s.variance() * s.count() / Math.max(1, s.count() - 1);
      int mean = means.offset() + c;
      int variance = variances.offset() + c;
      running[mean] += BatchNorm.MOMENTUM * (s.mean() - running[mean]);
      running[variance] += BatchNorm.MOMENTUM * (sample - running[variance]);
    }
    return y;
  }

  /** With the running statistics. */
  private double[][] infer(double[] parameters, double[][] x) {
    double[][] y = new double[x.length][node.output().size()];
    for (int c = 0; c < node.input().channels(); c++) {
      double mean = parameters[node.tensors().get(2).offset() + c];
      double variance = parameters[node.tensors().get(3).offset() + c];
      normalize(parameters, x, y, c, mean, Math.sqrt(variance + BatchNorm.EPSILON));
    }
    return y;
  }

  private void normalize(
      double[] parameters, double[][] x, double[][] y, int c, double mean, double deviation) {
    double weight = parameters[node.tensors().get(0).offset() + c];
    double bias = parameters[node.tensors().get(1).offset() + c];
    int plane = node.input().plane();
    for (int image = 0; image < x.length; image++) {
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        y[image][i] = (x[image][i] - mean) / deviation * weight + bias;
      }
    }
  }

  /** Gradients of input, weight and bias, through the batch's own statistics. */
  @Override
  public double[][] backward(ReferencePass pass, double[][] x, double[][] dy) {
    double[] parameters = pass.parameters();
    double[] gradient = pass.gradient();
    double[][] dx = new double[x.length][node.input().size()];
    int plane = node.input().plane();
    for (int c = 0; c < node.input().channels(); c++) {
      Statistics s = Statistics.of(node, x, c);
      double sum = 0;
      double products = 0;
      for (int image = 0; image < x.length; image++) {
        for (int i = c * plane; i < (c + 1) * plane; i++) {
          sum += dy[image][i];
          products += dy[image][i] * (x[image][i] - s.mean()) / s.deviation();
        }
      }
      gradient[node.tensors().get(0).offset() + c] += products;
      gradient[node.tensors().get(1).offset() + c] += sum;
      double weight = parameters[node.tensors().get(0).offset() + c];
      for (int image = 0; image < x.length; image++) {
        for (int i = c * plane; i < (c + 1) * plane; i++) {
          double normalized = (x[image][i] - s.mean()) / s.deviation();
          dx[image][i] =
              weight
                  / s.deviation()
                  * (dy[image][i] - sum / s.count() - normalized * products / s.count());
        }
      }
    }
    return dx;
  }
}
