package org.aparanet.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A feed-forward network: layers in order, with every shape and parameter position computed once.
 *
 * <p>The parameters of all layers lie in one flat {@code float[]} of {@link #parameterCount()}
 * elements; {@link #tensors()} says which tensor lies where.
 */
public final class Network {

  /** The most parameters that a network may have: 2^28, one gigabyte. */
  public static final int MAXIMUM_PARAMETERS = 1 << 28;

  private final Shape input;
  private final List<Node> nodes;
  private final List<Tensor> tensors;
  private final int parameterCount;

  /**
   * @param input shape of one image
   * @param layers at least one; the last one is dense, and after the first dense layer only dense
   *     layers and ReLU follow
   * @throws IllegalArgumentException if the layers do not fit together; the message names the layer
   */
  public Network(Shape input, List<Layer> layers) {
    this.input = Objects.requireNonNull(input);
    if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Dense)) {
      throw new IllegalArgumentException(
          "a network must end in a dense layer with one output for each class");
    }
    List<Node> placed = new ArrayList<>();
    List<Tensor> named = new ArrayList<>();
    Shape shape = input;
    int module = 0;
    boolean flat = false;
    long offset = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer instanceof Dense && !flat) {
        flat = true;
        module++; // PyTorch's nn.Flatten stands before the first dense layer
      } else if (flat && !(layer instanceof Dense || layer instanceof Relu)) {
        throw new IllegalArgumentException(
            "layer "
                + (i + 1)
                + " ("
                + layer.text()
                + ") stands after a dense layer; only dense and"
                + " relu may follow one");
      }
      Shape output;
      try {
        output = layer.output(shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "layer " + (i + 1) + " (" + layer.text() + "): " + e.getMessage(), e);
      }
      List<Tensor> own = new ArrayList<>();
      for (Layer.ParameterShape parameter : layer.parameters(shape)) {
        double size = 1;
        for (int dimension : parameter.dimensions()) {
          size *= dimension;
        }
        if (offset + size > MAXIMUM_PARAMETERS) {
          throw new IllegalArgumentException(
              "layer "
                  + (i + 1)
                  + " ("
                  + layer.text()
                  + ") takes the network over "
                  + MAXIMUM_PARAMETERS
                  + " parameters");
        }
        own.add(
            new Tensor(
                module + "." + parameter.name(), parameter.dimensions(), (int) offset, (int) size));
        offset += (long) size;
      }
      named.addAll(own);
      placed.add(new Node(i, layer, shape, output, Collections.unmodifiableList(own)));
      shape = output;
      module++;
    }
    nodes = Collections.unmodifiableList(placed);
    tensors = Collections.unmodifiableList(named);
    parameterCount = (int) offset;
  }

  /** Shape of one input image. */
  public Shape input() {
    return input;
  }

  /** The layers with their shapes, in the order of the forward pass. */
  public List<Node> nodes() {
    return nodes;
  }

  /** All parameter tensors, in the order in which they lie in the flat parameter array. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** Length of the flat parameter array. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Number of classes: the outputs of the last layer. */
  public int classes() {
    return nodes.get(nodes.size() - 1).output().channels();
  }

  /**
   * Index of the first layer that has parameters. The backward pass ends there: nobody needs the
   * gradient of its input.
   */
  public int firstLearning() {
    int first = 0;
    while (nodes.get(first).tensors().isEmpty()) {
      first++; // the last layer is dense, so there is one
    }
    return first;
  }

  /** Multiply-adds of the forward pass for one image. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(Node::multiplyAdds).sum();
  }

  /** The network as text that {@link NetworkText#parse} reads back. */
  public String text() {
    StringBuilder text = new StringBuilder();
    Layer previous = null;
    for (Node node : nodes) {
      boolean joins =
          node.layer() instanceof Relu && previous != null && !(previous instanceof Relu);
      text.append(previous == null ? "" : joins ? " " : ", ").append(node.layer().text());
      previous = node.layer();
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return input + ": " + text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && network.input.equals(input)
        && network.nodes.equals(nodes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, nodes);
  }

  /**
   * A layer in its place.
   *
   * @param index position among the layers, from 0
   * @param layer what it computes
   * @param input shape of its input for one image
   * @param output shape of its output for one image
   * @param tensors its parameters: weight, then bias where it has one; empty without parameters
   */
  public record Node(int index, Layer layer, Shape input, Shape output, List<Tensor> tensors) {

    /** Multiply-adds of this layer's forward pass for one image. */
    public long multiplyAdds() {
      return layer.multiplyAdds(input);
    }

    /** Number of this layer's parameters. */
    public int parameterCount() {
      return tensors.stream().mapToInt(Tensor::size).sum();
    }
  }

  /**
   * A parameter tensor's name and place.
   *
   * @param name as in the {@code state_dict} of a PyTorch {@code nn.Sequential} of the same layers,
   *     such as {@code 3.weight}
   * @param dimensions outermost first
   * @param offset index of its first element in the flat parameter array
   * @param size number of elements
   */
  public record Tensor(String name, List<Integer> dimensions, int offset, int size) {}
}
