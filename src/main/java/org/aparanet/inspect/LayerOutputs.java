package org.aparanet.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.model.AveragePool;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Dropout;
import org.aparanet.model.GlobalAveragePool;
import org.aparanet.model.Layer;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shape;
import org.aparanet.model.Shortcut;

/**
 * The outputs of a network's layers for one image, by the definitions that the reference has, in
 * double precision and in the reference's order of addition, but in plain loops: a page that
 * follows a pen asks for them many times a second. Tests hold them to the reference.
 */
final class LayerOutputs implements Layer.Cases<double[]> {
  private final float[] parameters;
  private final List<double[]> outputs = new ArrayList<>();

  private LayerOutputs(float[] parameters, double[] image) {
    this.parameters = parameters;
    outputs.add(image);
  }

  /**
   * The image, and behind it the output of each layer, [layers + 1][C x H x W].
   *
   * @param parameters of the network
   * @param image as the first layer gets it
   */
  static List<double[]> of(Network network, float[] parameters, double[] image) {
    LayerOutputs forward = new LayerOutputs(parameters, image);
    for (Node node : network.nodes()) {
      forward.outputs.add(node.accept(forward));
    }
    return forward.outputs;
  }

  @Override
  public double[] convolution(Node node, Convolution layer) {
    Shape in = node.input();
    Shape out = node.output();
    int weight = node.tensors().get(0).offset();
    double[] y = new double[out.size()];
    for (int f = 0; f < out.channels(); f++) {
      if (layer.bias()) {
        double bias = parameters[node.tensors().get(1).offset() + f];
        Arrays.fill(y, f * out.plane(), (f + 1) * out.plane(), bias);
      }
      for (int c = 0; c < in.channels(); c++) {
        for (int fy = 0; fy < layer.filterHeight(); fy++) {
          for (int fx = 0; fx < layer.filterWidth(); fx++) {
            addTap(node, layer, y, f, c, fy, fx, parameters[weight++]);
          }
        }
      }
    }
    return y;
  }

  /** Adds the products of one weight to all outputs of a map. */
  private void addTap(
      Node node, Convolution layer, double[] y, int f, int c, int fy, int fx, double weight) {
    double[] x = input(node);
    Shape in = node.input();
    Shape out = node.output();
    int stride = layer.stride();
    int left = fx - layer.padding();
    int firstColumn = first(left, stride);
    int lastColumn = last(left, stride, in.width(), out.width());
    int top = fy - layer.padding();
    int lastRow = last(top, stride, in.height(), out.height());
    for (int oy = first(top, stride); oy <= lastRow; oy++) {
      int from = (c * in.height() + oy * stride + top) * in.width() + left;
      int to = (f * out.height() + oy) * out.width();
      for (int ox = firstColumn; ox <= lastColumn; ox++) {
        y[to + ox] += weight * x[from + ox * stride];
      }
    }
  }

  /** First position whose tap is not in the padding before the input. */
  private static int first(int offset, int stride) {
    return offset >= 0 ? 0 : (-offset + stride - 1) / stride;
  }

  /** Last position whose tap is not in the padding behind it; -1 if there is none. */
  private static int last(int offset, int stride, int size, int positions) {
    int room = size - 1 - offset;
    return room < 0 ? -1 : Math.min(positions - 1, room / stride);
  }

  @Override
  public double[] dense(Node node, Dense layer) {
    double[] x = input(node);
    double[] y = new double[node.output().size()];
    int weights = node.tensors().get(0).offset();
    for (int o = 0; o < y.length; o++) {
      double sum = parameters[node.tensors().get(1).offset() + o];
      int row = weights + o * x.length;
      for (int i = 0; i < x.length; i++) {
        sum += parameters[row + i] * x[i];
      }
      y[o] = sum;
    }
    return y;
  }

  /** What is made of the elements of a window, one by one. */
  @FunctionalInterface
  private interface Pooling {
    double of(double[] x, int from, int rows, int columns, int width);
  }

  private double[] pool(
      Node node, int height, int width, int stride, int padding, Pooling pooling) {
    double[] x = input(node);
    Shape in = node.input();
    Shape out = node.output();
    double[] y = new double[out.size()];
    int o = 0;
    for (int c = 0; c < out.channels(); c++) {
      for (int oy = 0; oy < out.height(); oy++) {
        int top = oy * stride - padding;
        int row = Math.max(top, 0);
        int rows = Math.min(top + height, in.height()) - row;
        for (int ox = 0; ox < out.width(); ox++) {
          int left = ox * stride - padding;
          int column = Math.max(left, 0);
          int columns = Math.min(left + width, in.width()) - column;
          int from = (c * in.height() + row) * in.width() + column;
          y[o++] = pooling.of(x, from, rows, columns, in.width());
        }
      }
    }
    return y;
  }

  @Override
  public double[] maxPool(Node node, MaxPool layer) {
    return pool(
        node, layer.size(), layer.size(), layer.stride(), layer.padding(), LayerOutputs::largest);
  }

  private static double largest(double[] x, int from, int rows, int columns, int width) {
    double largest = x[from];
    for (int k = 0; k < rows; k++) {
      for (int i = from + k * width; i < from + k * width + columns; i++) {
        largest = x[i] > largest ? x[i] : largest;
      }
    }
    return largest;
  }

  @Override
  public double[] averagePool(Node node, AveragePool layer) {
    return pool(node, layer.size(), layer.size(), layer.stride(), 0, LayerOutputs::mean);
  }

  @Override
  public double[] globalAveragePool(Node node, GlobalAveragePool layer) {
    return pool(node, node.input().height(), node.input().width(), 1, 0, LayerOutputs::mean);
  }

  private static double mean(double[] x, int from, int rows, int columns, int width) {
    double mean = 0;
    for (int k = 0; k < rows; k++) {
      for (int i = from + k * width; i < from + k * width + columns; i++) {
        mean += x[i] / (rows * columns);
      }
    }
    return mean;
  }

  @Override
  public double[] relu(Node node, Relu layer) {
    return rectified(node, 0);
  }

  @Override
  public double[] leakyRelu(Node node, LeakyRelu layer) {
    return rectified(node, layer.slope());
  }

  private double[] rectified(Node node, double slope) {
    double[] x = input(node);
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] > 0 ? x[i] : slope * x[i];
    }
    return y;
  }

  @Override
  public double[] batchNorm(Node node, BatchNorm layer) {
    double[] x = input(node);
    double[] y = new double[x.length];
    int plane = node.input().plane();
    for (int c = 0; c < node.input().channels(); c++) {
      double weight = parameter(node, 0, c);
      double bias = parameter(node, 1, c);
      double mean = parameter(node, 2, c);
      double deviation = Math.sqrt(parameter(node, 3, c) + BatchNorm.EPSILON);
      for (int i = c * plane; i < (c + 1) * plane; i++) {
        y[i] = (x[i] - mean) / deviation * weight + bias;
      }
    }
    return y;
  }

  /** The double of a parameter: sums with it are not rounded to single precision. */
  private double parameter(Node node, int tensor, int channel) {
    return parameters[node.tensors().get(tensor).offset() + channel];
  }

  @Override
  public double[] dropout(Node node, Dropout layer) {
    return input(node);
  }

  @Override
  public double[] residualAdd(Node node, ResidualAdd layer) {
    double[] branch = input(node);
    double[] around = outputs.get(layer.start(node.index()));
    double[] y = new double[branch.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = branch[i] + around[i];
    }
    return y;
  }

  @Override
  public double[] shortcut(Node node, Shortcut layer) {
    return outputs.get(layer.start(node.index()));
  }

  private double[] input(Node node) {
    return outputs.get(node.index());
  }
}
