package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Network.Tensor;

/**
 * Where a session keeps each parameter: so that what stands in a vector lies together, and what
 * fills it up is zero.
 *
 * <pre>
 *               lanes are channels                                images
 * filters [C, filterHeight, filterWidth, F whole]   as in the flat array, before all weights
 * weights [out, in whole], as inputs lie in memory  [in, out whole]
 * </pre>
 *
 * <p>where <em>whole</em> means rounded up to whole vectors. Without vectors parameters lie as in
 * the network's flat array.
 */
final class ParameterOrder {

  /**
   * A tensor as a matrix [rows, columns].
   *
   * @param from index in the network's flat array
   * @param at index here
   * @param rowStride from one row to the next, here
   * @param column for each column: its distance from the row's first element, here
   */
  private record Place(int from, int rows, int at, int rowStride, int[] column) {}

  private final List<Place> places = new ArrayList<>();
  private final int[] weight; // by node
  private final int[] bias; // by node, -1 without
  private final int[] end; // by node
  private final int[] statistics; // by node
  private final int count;
  private int learned;
  private int size;

  /** The network's own order. */
  ParameterOrder(Network network) {
    this(network.parameterCount(), network.nodes().size());
    places.add(new Place(0, count, 0, 1, new int[1]));
    size = count;
    learned = network.learnedCount();
    for (Node node : network.nodes()) {
      List<Tensor> tensors = node.tensors();
      weight[node.index()] = tensors.isEmpty() ? 0 : tensors.get(0).offset();
      bias[node.index()] = tensors.size() > 1 ? tensors.get(1).offset() : -1;
      statistics[node.index()] = tensors.size() > 2 ? tensors.get(2).offset() : -1;
    }
  }

  /** The order for vectors. */
  ParameterOrder(LanePlan plan) {
    this(plan.network().parameterCount(), plan.network().nodes().size());
    for (Node node : plan.network().nodes()) {
      weight[node.index()] = size;
      bias[node.index()] = -1;
      if (node.layer() instanceof Convolution layer) {
        placeFilters(node, layer, plan);
      } else if (node.layer() instanceof Dense) {
        placeWeights(node, plan);
      } else if (node.layer() instanceof BatchNorm) {
        placeRows(node.tensors().get(0), 1, node.output().channels());
      }
      if (node.tensors().size() > 1) {
        bias[node.index()] = size;
        placeBias(node, plan);
      }
      end[node.index()] = size;
    }
    learned = size;
    for (Node node : plan.network().nodes()) {
      if (node.layer() instanceof BatchNorm) {
        statistics[node.index()] = size;
        placeRows(node.tensors().get(2), 1, node.output().channels());
        placeRows(node.tensors().get(3), 1, node.output().channels());
      }
    }
  }

  private ParameterOrder(int count, int nodes) {
    this.count = count;
    weight = new int[nodes];
    bias = new int[nodes];
    end = new int[nodes];
    statistics = new int[nodes];
  }

  private void placeFilters(Node node, Convolution layer, LanePlan plan) {
    Tensor filters = node.tensors().get(0);
    int taps = filters.size() / layer.filters();
    if (plan.channelsLast()) {
      placeColumns(filters, taps, plan.wholeVectors(layer.filters()));
    } else {
      placeRows(filters, taps, filters.size());
    }
  }

  private void placeWeights(Node node, LanePlan plan) {
    Tensor weights = node.tensors().get(0);
    int outputs = node.output().size();
    if (!plan.channelsLast()) {
      placeColumns(weights, node.input().size(), plan.wholeVectors(outputs));
      return;
    }
    LaneLayout input = plan.tensor(node.index()).value();
    int[] inputs = input.indices();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] -= input.at();
    }
    int row = plan.wholeVectors(input.size());
    places.add(new Place(weights.offset(), outputs, size, row, inputs));
    grow(Math.multiplyExact(outputs, row));
  }

  private void placeBias(Node node, LanePlan plan) {
    int outputs = node.output().channels();
    // with images in the lanes, what stands before the dense layers lies as in the flat array
    boolean whole = plan.channelsLast() || node.layer() instanceof Dense;
    placeRows(node.tensors().get(1), 1, whole ? plan.wholeVectors(outputs) : outputs);
  }

  /** One row behind the other, and then zeros. */
  private void placeRows(Tensor tensor, int columns, int floats) {
    int[] column = IntStream.range(0, columns).toArray();
    places.add(new Place(tensor.offset(), tensor.size() / columns, size, columns, column));
    grow(floats);
  }

  /** One column behind the other, each filled up with zeros. */
  private void placeColumns(Tensor tensor, int columns, int floats) {
    int[] column = new int[columns];
    for (int i = 0; i < columns; i++) {
      column[i] = Math.multiplyExact(i, floats);
    }
    places.add(new Place(tensor.offset(), tensor.size() / columns, size, 1, column));
    grow(Math.multiplyExact(columns, floats));
  }

  private void grow(int floats) {
    size = Math.addExact(size, floats);
  }

  /** Floats that all parameters take here. */
  int size() {
    return size;
  }

  /** Floats that those take here that are learned; they come first. */
  int learned() {
    return learned;
  }

  /** Index of the first of a batch normalisation's running means; its variances follow. */
  int statistics(Node node) {
    return statistics[node.index()];
  }

  /** Index of a node's first weight. */
  int weight(Node node) {
    return weight[node.index()];
  }

  /** Index of a node's first bias; -1 without. */
  int bias(Node node) {
    return bias[node.index()];
  }

  /** Index behind a node's last parameter. */
  int end(Node node) {
    return end[node.index()];
  }

  /**
   * Brings parameters into this order.
   *
   * @param values as in the network's flat array
   * @param own receives them
   */
  void store(float[] values, float[] own) {
    for (Place place : places) {
      int columns = place.column.length;
      for (int row = 0; row < place.rows; row++) {
        for (int i = 0; i < columns; i++) {
          own[place.at + row * place.rowStride + place.column[i]] =
              values[place.from + row * columns + i];
        }
      }
    }
  }

  /** Parameters or gradients in this order, as in the network's flat array. */
  float[] restore(float[] own) {
    float[] values = new float[count];
    for (Place place : places) {
      int columns = place.column.length;
      for (int row = 0; row < place.rows; row++) {
        for (int i = 0; i < columns; i++) {
          values[place.from + row * columns + i] =
              own[place.at + row * place.rowStride + place.column[i]];
        }
      }
    }
    return values;
  }
}
