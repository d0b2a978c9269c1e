package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Where a session keeps each parameter. Where lanes are channels, so that what stands in a vector
 * lies together and all else is zero:
 *
 * <pre>
 * filters [C, filterHeight, filterWidth, F rounded up to vectors]
 * bias    [F rounded up to vectors]
 * weights [out, inputs as they lie in the memory, rounded up to vectors]
 * </pre>
 *
 * <p>Otherwise as in the network's flat array.
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
  private final int count;
  private int size;

  /** The network's own order. */
  ParameterOrder(Network network) {
    this(network.parameterCount(), 0);
    places.add(new Place(0, count, 0, 1, new int[1]));
    size = count;
  }

  /** The order for channels in lanes. */
  ParameterOrder(LanePlan plan) {
    this(plan.network().parameterCount(), plan.network().nodes().size());
    for (Node node : plan.network().nodes()) {
      weight[node.index()] = size;
      if (node.layer() instanceof Convolution layer) {
        placeFilters(node, layer, plan.wholeVectors(layer.filters()));
      } else if (node.layer() instanceof Dense) {
        placeWeights(node, plan.tensor(node.index()).value(), plan);
      }
      end[node.index()] = size;
    }
  }

  private ParameterOrder(int count, int nodes) {
    this.count = count;
    weight = new int[nodes];
    bias = new int[nodes];
    end = new int[nodes];
  }

  private void placeFilters(Node node, Convolution layer, int depth) {
    int[] taps = new int[node.input().channels() * layer.filterHeight() * layer.filterWidth()];
    for (int k = 0; k < taps.length; k++) {
      taps[k] = Math.multiplyExact(k, depth);
    }
    places.add(new Place(node.tensors().get(0).offset(), layer.filters(), size, 1, taps));
    grow(Math.multiplyExact(taps.length, depth));
    bias[node.index()] = -1;
    if (layer.bias()) {
      bias[node.index()] = size;
      places.add(new Place(node.tensors().get(1).offset(), layer.filters(), size, 1, new int[1]));
      grow(depth);
    }
  }

  private void placeWeights(Node node, LaneLayout input, LanePlan plan) {
    int[] inputs = input.indices();
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] -= input.at();
    }
    int outputs = node.output().size();
    int row = plan.wholeVectors(input.size());
    places.add(new Place(node.tensors().get(0).offset(), outputs, size, row, inputs));
    grow(Math.multiplyExact(outputs, row));
    bias[node.index()] = size;
    places.add(new Place(node.tensors().get(1).offset(), outputs, size, 1, new int[1]));
    grow(plan.wholeVectors(outputs));
  }

  private void grow(int floats) {
    size = Math.addExact(size, floats);
  }

  /** Floats that all parameters take here. */
  int size() {
    return size;
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
