package org.aparanet.inspect;

import java.util.ArrayList;
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
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;
import org.aparanet.model.ResidualAdd;
import org.aparanet.model.Shortcut;

/**
 * The explanation of one output for each kind of layer.
 *
 * @param parameters of the network
 * @param maps the image, and behind it the output of each layer
 * @param output index into the layer's output, [C x H x W]
 */
record Explanations(float[] parameters, List<FeatureMaps> maps, int output)
    implements Layer.Cases<Explanation> {

  @Override
  public Explanation convolution(Node node, Convolution layer) {
    FeatureMaps input = maps.get(node.index());
    Element at = at(node);
    List<Element> patch = new ArrayList<>();
    for (int c = 0; c < input.shape().channels(); c++) {
      for (int fy = 0; fy < layer.filterHeight(); fy++) {
        for (int fx = 0; fx < layer.filterWidth(); fx++) {
          int row = at.row() * layer.stride() - layer.padding() + fy;
          int column = at.column() * layer.stride() - layer.padding() + fx;
          patch.add(padded(input, c, row, column));
        }
      }
    }
    return weighted(node, at.channel(), patch, layer.bias());
  }

  @Override
  public Explanation dense(Node node, Dense layer) {
    FeatureMaps input = maps.get(node.index());
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < input.values().length; i++) {
      all.add(input.element(i));
    }
    return weighted(node, at(node).channel(), all, true);
  }

  private Explanation weighted(Node node, int unit, List<Element> from, boolean bias) {
    double[] weights = new double[from.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = parameters[node.tensors().get(0).offset() + unit * weights.length + i];
    }
    double addend = bias ? parameter(node, 1, unit) : 0;
    return new Explanation.WeightedSum(from, weights, addend, value(node));
  }

  @Override
  public Explanation maxPool(Node node, MaxPool layer) {
    List<Element> window =
        window(node, layer.size(), layer.size(), layer.stride(), layer.padding());
    int winner = 0;
    for (int i = 1; i < window.size(); i++) {
      if (window.get(i).value() > window.get(winner).value()) {
        winner = i;
      }
    }
    return new Explanation.Largest(window, winner, value(node));
  }

  @Override
  public Explanation averagePool(Node node, AveragePool layer) {
    return new Explanation.Mean(
        window(node, layer.size(), layer.size(), layer.stride(), 0), value(node));
  }

  @Override
  public Explanation globalAveragePool(Node node, GlobalAveragePool layer) {
    return new Explanation.Mean(
        window(node, node.input().height(), node.input().width(), 1, 0), value(node));
  }

  @Override
  public Explanation relu(Node node, Relu layer) {
    return new Explanation.Rectified(same(node), 0, value(node));
  }

  @Override
  public Explanation leakyRelu(Node node, LeakyRelu layer) {
    return new Explanation.Rectified(same(node), layer.slope(), value(node));
  }

  @Override
  public Explanation batchNorm(Node node, BatchNorm layer) {
    int channel = at(node).channel();
    return new Explanation.Normalized(
        same(node),
        parameter(node, 2, channel),
        parameter(node, 3, channel),
        parameter(node, 0, channel),
        parameter(node, 1, channel),
        value(node));
  }

  @Override
  public Explanation dropout(Node node, Dropout layer) {
    return new Explanation.Unchanged(same(node), value(node));
  }

  @Override
  public Explanation residualAdd(Node node, ResidualAdd layer) {
    Element branch = maps.get(node.index()).element(output);
    Element around = maps.get(layer.start(node.index())).element(output);
    return new Explanation.Sum(List.of(branch, around), value(node));
  }

  @Override
  public Explanation shortcut(Node node, Shortcut layer) {
    Element start = maps.get(layer.start(node.index())).element(output);
    return new Explanation.Unchanged(List.of(start), value(node));
  }

  /** Place of the output. */
  private Element at(Node node) {
    return maps.get(node.index() + 1).element(output);
  }

  private double value(Node node) {
    return maps.get(node.index() + 1).values()[output];
  }

  /** The element of the input at the output's own place. */
  private List<Element> same(Node node) {
    return List.of(maps.get(node.index()).element(output));
  }

  private double parameter(Node node, int tensor, int channel) {
    return parameters[node.tensors().get(tensor).offset() + channel];
  }

  /** The elements of a window that lie within the input, of which the padding may be most. */
  private List<Element> window(Node node, int height, int width, int stride, int padding) {
    FeatureMaps input = maps.get(node.index());
    Element at = at(node);
    int top = at.row() * stride - padding;
    int left = at.column() * stride - padding;
    List<Element> window = new ArrayList<>();
    for (int y = Math.max(top, 0); y < Math.min(top + height, input.shape().height()); y++) {
      for (int x = Math.max(left, 0); x < Math.min(left + width, input.shape().width()); x++) {
        window.add(input.element(input.index(at.channel(), y, x)));
      }
    }
    return window;
  }

  private static Element padded(FeatureMaps input, int channel, int row, int column) {
    return isWithin(input, row, column)
        ? input.element(input.index(channel, row, column))
        : new Element(channel, row, column, 0);
  }

  private static boolean isWithin(FeatureMaps input, int row, int column) {
    return row >= 0
        && row < input.shape().height()
        && column >= 0
        && column < input.shape().width();
  }
}
