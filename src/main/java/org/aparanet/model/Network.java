package org.aparanet.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A feed-forward network: layers in order, with every shape and parameter position computed once.
 *
 * <p>The parameters of all layers lie in one flat {@code float[]} of {@link #parameterCount()}
 * elements; {@link #tensors()} says which tensor lies where. First come the {@link #learnedCount()}
 * that are learned, then running statistics.
 */
public final class Network {

  /** The most parameters that a network may have: 2^28, one gigabyte. */
  public static final int MAXIMUM_PARAMETERS = 1 << 28;

  private final Shape input;
  private final int before;
  private final Optional<PixelNormalization> normalization;
  private final List<Node> nodes;
  private final Branches branches;
  private final List<Tensor> tensors;
  private final int parameterCount;
  private final int learnedCount;

  /**
   * A network that takes pixels as values from 0 to 1.
   *
   * @param input shape of one image
   * @param layers in the order of the forward pass
   */
  public Network(Shape input, List<Layer> layers) {
    this(input, Optional.empty(), layers);
  }

  /**
   * A network for images of a shape.
   *
   * @param input shape of one image
   * @param normalization of an image's channels before the first layer; without it pixels are taken
   *     as values from 0 to 1
   * @param layers at least one; the last one is dense, and after the first dense layer only dense
   *     layers, ReLU, leaky ReLU and dropout follow
   * @throws IllegalArgumentException if the layers do not fit together, and then the message names
   *     the layer, or if the normalisation has not the image's channels
   */
  public Network(Shape input, Optional<PixelNormalization> normalization, List<Layer> layers) {
    this(input, 0, normalization, requireDense(layers));
  }

  private static List<Layer> requireDense(List<Layer> layers) {
    if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Dense)) {
      throw new IllegalArgumentException(
          "a network must end in a dense layer with one output for each class");
    }
    return layers;
  }

  /**
   * A network, or a part of one.
   *
   * @param before layers that stand before this part; 0 where it takes images
   * @param layers at least one; the last one need not be dense
   */
  private Network(
      Shape input, int before, Optional<PixelNormalization> normalization, List<Layer> layers) {
    this.input = Objects.requireNonNull(input);
    this.before = before;
    this.normalization = normalization;
    normalization.ifPresent(n -> n.requireChannels(input.channels()));
    long learned = 0;
    long all = 0;
    Shape shape = input;
    boolean flat = false;
    branches = new Branches(List.copyOf(layers));
    List<Shape> shapes = new ArrayList<>(List.of(input));
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      String place = "layer " + (before + i + 1) + " (" + layer.label() + ")";
      flat |= layer instanceof Dense;
      if (flat && !layer.mayFollowDense()) {
        throw new IllegalArgumentException(
            place
                + " stands after a dense layer; only dense, relu, leakyrelu and dropout may follow one");
      }
      Shape output;
      try {
        output = branches.output(i, shapes);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
      }
      for (Layer.ParameterShape parameter : layer.parameters(shape)) {
        double size = 1;
        for (int dimension : parameter.dimensions()) {
          size *= dimension;
        }
        if (all + size > MAXIMUM_PARAMETERS) {
          throw new IllegalArgumentException(
              place + " takes the network over " + MAXIMUM_PARAMETERS + " parameters");
        }
        all += (long) size;
        learned += parameter.learned() ? (long) size : 0;
      }
      shape = output;
      shapes.add(shape);
    }
    parameterCount = (int) all;
    learnedCount = (int) learned;
    nodes = place(layers, shapes);
    List<Tensor> sorted = new ArrayList<>();
    nodes.forEach(node -> sorted.addAll(node.tensors()));
    sorted.sort(Comparator.comparingInt(Tensor::offset));
    tensors = Collections.unmodifiableList(sorted);
  }

  private List<Node> place(List<Layer> layers, List<Shape> shapes) {
    List<Node> placed = new ArrayList<>();
    int learned = 0;
    int statistics = learnedCount;
    int module = 0;
    boolean flat = false;
    for (int i = 0; i < layers.size(); i++, module++) {
      Layer layer = layers.get(i);
      if (layer instanceof Dense && !flat) {
        flat = true;
        module++; // PyTorch's nn.Flatten stands before the first dense layer
      }
      List<Tensor> own = new ArrayList<>();
      for (Layer.ParameterShape parameter : layer.parameters(shapes.get(i))) {
        int size = parameter.dimensions().stream().reduce(1, Math::multiplyExact);
        own.add(
            new Tensor(
                module + "." + parameter.name(),
                parameter.dimensions(),
                parameter.learned() ? learned : statistics,
                size));
        learned += parameter.learned() ? size : 0;
        statistics += parameter.learned() ? 0 : size;
      }
      placed.add(
          new Node(i, layer, shapes.get(i), shapes.get(i + 1), Collections.unmodifiableList(own)));
    }
    return Collections.unmodifiableList(placed);
  }

  /**
   * Whether another network has the same layers for the same images, however it normalises them.
   *
   * @param other the network to compare with
   * @return whether input and layers are equal
   */
  public boolean hasLayersOf(Network other) {
    return input.equals(other.input) && before == other.before && nodes.equals(other.nodes);
  }

  /** {@return the shape of one input image} */
  public Shape input() {
    return input;
  }

  /** {@return the normalisation of an image's channels before the first layer, if there is one} */
  public Optional<PixelNormalization> normalization() {
    return normalization;
  }

  /**
   * {@return the same layers behind another normalisation, or none}
   *
   * @param other normalisation of as many channels as an image has
   * @throws IllegalArgumentException if it has not the image's channels
   */
  public Network withNormalization(Optional<PixelNormalization> other) {
    return new Network(input, before, other, nodes.stream().map(Node::layer).toList());
  }

  /**
   * {@return whether the network can be divided behind some of its layers: no branch leads from
   * them around the place, and layers stand on both sides}
   *
   * @param layers how many, counted from the first
   */
  public boolean mayDivideBehind(int layers) {
    return layers > 0 && layers < nodes.size() && !branches.lead(layers);
  }

  /**
   * {@return the first layers as a network of their own, whose outputs are those of its last layer,
   * C x H x W}
   *
   * @param layers how many; the network {@link #mayDivideBehind} them
   */
  public Network first(int layers) {
    return part(0, requireDivisible(layers), input, normalization);
  }

  /**
   * {@return the layers behind the first ones as a network of their own, whose input are the
   * outputs of {@link #first}, as floats}
   *
   * @param layers how many are left out; the network {@link #mayDivideBehind} them
   */
  public Network behind(int layers) {
    Shape outputs = nodes.get(requireDivisible(layers)).input();
    return part(layers, nodes.size(), outputs, Optional.empty());
  }

  private Network part(int from, int to, Shape shape, Optional<PixelNormalization> own) {
    return new Network(
        shape, before + from, own, nodes.subList(from, to).stream().map(Node::layer).toList());
  }

  private int requireDivisible(int layers) {
    if (!mayDivideBehind(layers)) {
      throw new IllegalArgumentException(
          "\"" + text() + "\" cannot be divided behind " + layers + " layers");
    }
    return layers;
  }

  /**
   * {@return how many layers of the whole network stand before this part of it; 0 where it takes
   * images, and otherwise its input are floats}
   */
  public int before() {
    return before;
  }

  /** {@return the layers with their shapes, in the order of the forward pass} */
  public List<Node> nodes() {
    return nodes;
  }

  /** {@return all parameter tensors, in the order in which they lie in the flat parameter array} */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** {@return the length of the flat parameter array} */
  public int parameterCount() {
    return parameterCount;
  }

  /** {@return how many parameters are learned: the first ones of the flat parameter array} */
  public int learnedCount() {
    return learnedCount;
  }

  /** {@return the number of classes: the outputs of the last layer for one image} */
  public int classes() {
    return head().output().size();
  }

  /** {@return whether the outputs are logits: the last layer is dense} */
  public boolean endsInLogits() {
    return head().layer() instanceof Dense;
  }

  /** {@return the head: the last layer} Where it learns, its parameters are the last of those. */
  public Node head() {
    return nodes.get(nodes.size() - 1);
  }

  /** {@return the index of the head's first parameter; behind all where the head has none} */
  public int headFrom() {
    return endsInLogits() ? head().tensors().get(0).offset() : parameterCount();
  }

  /**
   * {@return the index of the first layer that has parameters; in a part that has none the number
   * of layers} The backward pass ends there: nobody needs the gradient of its input.
   */
  public int firstLearning() {
    int first = 0;
    while (first < nodes.size() && nodes.get(first).tensors().isEmpty()) {
      first++;
    }
    return first;
  }

  /**
   * {@return the residual sums and shortcuts that go back to a layer: those that also take its
   * input}
   *
   * @param index of the layer
   */
  public List<Node> branchesFrom(int index) {
    return branches.from(index).stream().map(nodes::get).toList();
  }

  /**
   * {@return whether other layers take the input of a layer, too, so that it has to stay as it is}
   *
   * @param index of the layer
   */
  public boolean sharesInput(int index) {
    return branches.shareInput(index);
  }

  /**
   * {@return how many brackets of the network's text open in front of a layer}
   *
   * @param index of the layer
   */
  public int opened(int index) {
    return nodes.get(index).layer() instanceof Shortcut ? 0 : branches.from(index).size();
  }

  /** {@return the multiply-adds of the forward pass for one image} */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(Node::multiplyAdds).sum();
  }

  /** {@return the network as text that {@link NetworkText#parse} reads back} */
  public String text() {
    StringBuilder text = new StringBuilder();
    Layer previous = null;
    for (Node node : nodes) {
      Layer layer = node.layer();
      if (!(layer instanceof ResidualAdd)) {
        int opened = opened(node.index());
        boolean joins = layer instanceof Relu && opened == 0 && !(previous instanceof Relu);
        boolean divides = layer instanceof Shortcut || previous instanceof Shortcut;
        text.append(previous == null ? "" : joins || divides ? " " : ", ");
        text.append("[".repeat(opened));
      }
      text.append(layer.text());
      previous = layer;
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
        && hasLayersOf(network)
        && network.normalization.equals(normalization);
  }

  @Override
  public int hashCode() {
    return Objects.hash(input, before, normalization, nodes);
  }

  /**
   * A layer in its place.
   *
   * @param index position among the layers, from 0
   * @param layer what it computes
   * @param input shape of its input for one image
   * @param output shape of its output for one image
   * @param tensors its parameters: weight, then bias where it has one, then running statistics;
   *     empty without parameters
   */
  public record Node(int index, Layer layer, Shape input, Shape output, List<Tensor> tensors) {

    /**
     * {@return the answer of the case for this node's kind of layer}
     *
     * @param <R> what the cases answer
     * @param cases one answer for each kind of layer
     */
    public <R> R accept(Layer.Cases<R> cases) {
      return layer.accept(this, cases);
    }

    /** {@return the multiply-adds of this layer's forward pass for one image} */
    public long multiplyAdds() {
      return layer.multiplyAdds(input);
    }

    /** {@return the number of this layer's parameters} */
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
