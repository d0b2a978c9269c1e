package org.aparanet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.model.Network.Node;
import org.aparanet.model.onnx.OnnxAttribute;
import org.aparanet.model.onnx.OnnxNode;

/**
 * The nodes of an ONNX graph for each kind of layer, in inference. The answer of a case is the name
 * of the layer's output.
 */
final class OnnxLayers implements Layer.Cases<String> {
  private final String last;
  private final int layers;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>(); // of each layer
  private boolean flat;

  /**
   * @param network whose layers are turned into nodes
   * @param first name of what the first layer takes
   * @param last name of what the last layer makes
   */
  OnnxLayers(Network network, String first, String last) {
    this.last = last;
    layers = network.nodes().size();
    inputs.add(first);
    network.nodes().forEach(node -> inputs.add(node.accept(this)));
  }

  List<OnnxNode> nodes() {
    return nodes;
  }

  @Override
  public String convolution(Node node, Convolution layer) {
    return append(
        node,
        "Conv",
        withTensors(input(node), node),
        List.of(
            OnnxAttribute.of("kernel_shape", List.of(layer.filterHeight(), layer.filterWidth())),
            square("strides", layer.stride()),
            pads(layer.padding())));
  }

  @Override
  public String dense(Node node, Dense layer) {
    String input = input(node);
    if (!flat) {
      input = append(node, "Flatten", List.of(input), List.of(OnnxAttribute.of("axis", 1)));
      flat = true; // from here on, layers have the numbers behind nn.Flatten's
    }
    return append(node, "Gemm", withTensors(input, node), List.of(OnnxAttribute.of("transB", 1)));
  }

  @Override
  public String maxPool(Node node, MaxPool layer) {
    return append(
        node,
        "MaxPool",
        List.of(input(node)),
        List.of(
            square("kernel_shape", layer.size()),
            square("strides", layer.stride()),
            pads(layer.padding())));
  }

  @Override
  public String averagePool(Node node, AveragePool layer) {
    return append(
        node,
        "AveragePool",
        List.of(input(node)),
        List.of(square("kernel_shape", layer.size()), square("strides", layer.stride())));
  }

  @Override
  public String globalAveragePool(Node node, GlobalAveragePool layer) {
    return append(node, "GlobalAveragePool", List.of(input(node)), List.of());
  }

  @Override
  public String relu(Node node, Relu layer) {
    return append(node, "Relu", List.of(input(node)), List.of());
  }

  @Override
  public String leakyRelu(Node node, LeakyRelu layer) {
    return append(
        node, "LeakyRelu", List.of(input(node)), List.of(OnnxAttribute.of("alpha", layer.slope())));
  }

  @Override
  public String batchNorm(Node node, BatchNorm layer) {
    return append(
        node,
        "BatchNormalization",
        withTensors(input(node), node),
        List.of(OnnxAttribute.of("epsilon", BatchNorm.EPSILON)));
  }

  /** No node: inference takes its input as it is. */
  @Override
  public String dropout(Node node, Dropout layer) {
    return input(node);
  }

  @Override
  public String residualAdd(Node node, ResidualAdd layer) {
    return append(
        node, "Add", List.of(input(node), inputs.get(layer.start(node.index()))), List.of());
  }

  /** No node: the second branch begins with the value itself. */
  @Override
  public String shortcut(Node node, Shortcut layer) {
    return inputs.get(layer.start(node.index()));
  }

  private String input(Node node) {
    return inputs.get(node.index());
  }

  /** A value, and behind it the layer's parameters, whose order is also that of ONNX. */
  private static List<String> withTensors(String value, Node node) {
    return Stream.concat(Stream.of(value), node.tensors().stream().map(Network.Tensor::name))
        .toList();
  }

  private static OnnxAttribute square(String name, int side) {
    return OnnxAttribute.of(name, List.of(side, side));
  }

  /** Rows and columns around the input: top, left, bottom, right. */
  private static OnnxAttribute pads(int padding) {
    return OnnxAttribute.of("pads", List.of(padding, padding, padding, padding));
  }

  private String append(
      Node node, String operator, List<String> taken, List<OnnxAttribute> attributes) {
    int module = node.index() + (flat ? 1 : 0);
    boolean logits = flat && node.index() == layers - 1;
    String output = logits ? last : module + ".output";
    nodes.add(new OnnxNode(operator, module + "." + operator, taken, output, attributes));
    return output;
  }
}
