package org.aparanet.engine.cpu.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.model.Layer;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Network.Tensor;

/**
 * Positions of a network's parameters in a session's own array: parameters of one vector are
 * contiguous, and padding is zero. Learned parameters come first, running statistics after them.
 */
public final class ParameterOrder {

  /**
   * Layout of one tensor, seen as a matrix [rows, columns] whose row-major order is that of the
   * network's flat array.
   *
   * @param rowStride floats from one row to the next
   * @param column for each column: its distance in floats from the row's first element
   * @param floats that the tensor takes in all, padding included
   */
  public record Form(int rowStride, int[] column, int floats) {

    /** One row behind the other, then zeros up to {@code floats}. */
    public static Form rows(int columns, int floats) {
      return new Form(columns, IntStream.range(0, columns).toArray(), floats);
    }

    /** One column behind the other, each padded with zeros to {@code depth} floats. */
    public static Form columns(int columns, int depth) {
      int[] column = new int[columns];
      for (int i = 0; i < columns; i++) {
        column[i] = Math.multiplyExact(i, depth);
      }
      return new Form(1, column, Math.multiplyExact(columns, depth));
    }
  }

  /**
   * Offsets and layout of a tensor.
   *
   * @param from index of its first element in the network's flat array
   * @param rows number of rows
   * @param at index of its first element here
   * @param form its layout here
   */
  private record Place(int from, int rows, int at, Form form) {}

  private static final int CACHE_LINE = 16; // floats

  /** Index of a cache line's first float: an array's elements begin 16 bytes after its address. */
  private static final int FIRST_OF_LINE = 12;

  private final List<Place> places = new ArrayList<>();
  private final int[] weight; // by node
  private final int[] bias; // by node, -1 without
  private final int[] end; // by node
  private final int[] statistics; // by node
  private final int count;
  private int shared;
  private int learned;
  private int size;

  /** Network's own order. */
  public ParameterOrder(Network network) {
    this(network.parameterCount(), network.nodes().size());
    places.add(new Place(0, count, 0, Form.rows(1, count)));
    size = count;
    learned = network.learnedCount();
    shared = learned;
    for (Node node : network.nodes()) {
      List<Tensor> tensors = node.tensors();
      weight[node.index()] = tensors.isEmpty() ? 0 : tensors.get(0).offset();
      bias[node.index()] = tensors.size() > 1 ? tensors.get(1).offset() : -1;
      statistics[node.index()] = tensors.size() > 2 ? tensors.get(2).offset() : -1;
    }
  }

  /**
   * Order for vectors.
   *
   * @param forms for each kind of layer: the layouts of its tensors, in the order of the tensors
   * @param last layers whose parameters come behind those of all others, as they have one gradient
   *     and the others several
   */
  public ParameterOrder(Network network, Layer.Cases<List<Form>> forms, List<Node> last) {
    this(network.parameterCount(), network.nodes().size());
    List<Node> first = network.nodes().stream().filter(node -> !last.contains(node)).toList();
    placeLearned(network, forms, first);
    shared = size;
    if (!last.isEmpty()) {
      size = Math.addExact(size, Math.floorMod(FIRST_OF_LINE - size, CACHE_LINE));
    }
    placeLearned(network, forms, last);
    learned = size;
    for (Node node : network.nodes()) {
      statistics[node.index()] = size;
      List<Form> own = node.accept(forms);
      for (int i = 0; i < own.size(); i++) {
        if (!learned(network, node.tensors().get(i))) {
          place(node.tensors().get(i), own.get(i));
        }
      }
    }
  }

  private void placeLearned(Network network, Layer.Cases<List<Form>> forms, List<Node> nodes) {
    for (Node node : nodes) {
      weight[node.index()] = size;
      bias[node.index()] = -1;
      List<Form> own = node.accept(forms);
      for (int i = 0; i < own.size(); i++) {
        if (i == 1) {
          bias[node.index()] = size;
        }
        if (learned(network, node.tensors().get(i))) {
          place(node.tensors().get(i), own.get(i));
        }
      }
      end[node.index()] = size;
    }
  }

  private ParameterOrder(int count, int nodes) {
    this.count = count;
    weight = new int[nodes];
    bias = new int[nodes];
    end = new int[nodes];
    statistics = new int[nodes];
  }

  private static boolean learned(Network network, Tensor tensor) {
    return tensor.offset() < network.learnedCount();
  }

  private void place(Tensor tensor, Form form) {
    places.add(new Place(tensor.offset(), tensor.size() / form.column.length, size, form));
    size = Math.addExact(size, form.floats);
  }

  /** Floats of all parameters in this order. */
  public int size() {
    return size;
  }

  /** Floats of the learned parameters in this order; they come first. */
  public int learned() {
    return learned;
  }

  /** Floats of the learned parameters whose gradient is a sum over groups; they come first. */
  public int shared() {
    return shared;
  }

  /** Index of the first of a batch normalisation's running means; its variances follow. */
  public int statistics(Node node) {
    return statistics[node.index()];
  }

  /** Index of a node's first weight. */
  public int weight(Node node) {
    return weight[node.index()];
  }

  /** Index of a node's first bias; -1 without. */
  public int bias(Node node) {
    return bias[node.index()];
  }

  /** Index behind a node's last learned parameter. */
  public int end(Node node) {
    return end[node.index()];
  }

  /**
   * Copies parameters into this order.
   *
   * @param values as in the network's flat array
   * @param own receives them
   */
  public void store(float[] values, float[] own) {
    for (Place place : places) {
      int[] column = place.form.column;
      for (int row = 0; row < place.rows; row++) {
        for (int i = 0; i < column.length; i++) {
          own[place.at + row * place.form.rowStride + column[i]] =
              values[place.from + row * column.length + i];
        }
      }
    }
  }

  /** Copies parameters or gradients in this order into a new array like the network's flat one. */
  public float[] restore(float[] own) {
    float[] values = new float[count];
    restore(own, values);
    return values;
  }

  /** Copies parameters or gradients in this order into an array like the network's flat one. */
  public void restore(float[] own, float[] values) {
    for (Place place : places) {
      int[] column = place.form.column;
      for (int row = 0; row < place.rows; row++) {
        for (int i = 0; i < column.length; i++) {
          values[place.from + row * column.length + i] =
              own[place.at + row * place.form.rowStride + column[i]];
        }
      }
    }
  }
}
