package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aparanet.engine.HumongousArrays;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.Initialization;
import org.aparanet.model.MaxPool;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * A full slice of a network in the middle of a step: parameters as training begins with them,
 * activations of which ReLU has cleared half, small gradients. Its cases are all operations of the
 * step, on this data.
 */
final class BenchmarkSlice {
  private static final Shape MNIST = new Shape(1, 28, 28);
  private static final int CLASSES = 10;
  private static final float SMALL = 1e-3f;

  private final Network network;
  private final LaneOperations operations;
  private final PlaneOperations planes = LaneSupport.planeOperations();
  private final int lanes;
  private final LanePlan plan;
  private final ParameterOrder order;
  private final Random random = new Random(1);
  private final float[] parameters;
  private final float[] gradient;
  private final float[] memory;
  private final ConvolutionWorkspace convolutions;
  private final List<OperationCase> cases = new ArrayList<>();

  /**
   * @param label name of a preset, which is laid out for MNIST
   */
  BenchmarkSlice(String label) {
    network = network(label);
    operations = operations();
    lanes = operations.lanes();
    plan = new LanePlan(network, lanes, false);
    order = new ParameterOrder(plan);
    parameters = new float[order.size()];
    order.store(Initialization.suited(network).draw(network, 1), parameters);
    gradient = new float[order.size()];
    order.store(gaussian(network.parameterCount()), gradient);
    memory = HumongousArrays.floats(plan.size());
    FilterPanels panels = new FilterPanels(plan, operations.widestPanel());
    panels.take(parameters);
    convolutions = new ConvolutionWorkspace(plan, operations, panels);
    for (int i = 0; i <= network.nodes().size(); i++) {
      fill(plan.tensor(i));
    }
    for (Node node : network.nodes()) {
      add(node);
    }
    int count = network.parameterCount();
    cases.add(
        new OperationCase(
            "update",
            String.format("%,d parameters", count),
            0,
            3L * count * Float.BYTES,
            () -> operations.update(0, order.size(), parameters, gradient, SMALL * SMALL)));
  }

  static Network network(String label) {
    return NamedNetwork.named(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + label + "\" is no network; allowed are " + NamedNetwork.labels()))
        .network(MNIST, CLASSES);
  }

  /** New arithmetic that gives each image a lane. */
  static LaneOperations operations() {
    return LaneSupport.operations();
  }

  /** In the order of the forward pass, each layer's backward operations after its forward one. */
  List<OperationCase> cases() {
    return cases;
  }

  OperationCase named(String id) {
    return cases.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void fill(LaneTensor tensor) {
    for (int at : tensor.value().indices()) {
      for (int n = 0; n < lanes; n++) {
        memory[at + n] = (float) Math.max(0, random.nextGaussian());
      }
    }
    if (tensor.gradient() != null) {
      for (int at : tensor.gradient().indices()) {
        for (int n = 0; n < lanes; n++) {
          memory[at + n] = SMALL * (float) random.nextGaussian();
        }
      }
    }
  }

  private void add(Node node) {
    if (node.layer() instanceof Convolution) {
      addConvolution(node);
    } else if (node.layer() instanceof Dense) {
      addDense(node);
    } else if (node.layer() instanceof MaxPool) {
      addMaxPool(node);
    }
    if (plan.relu(node)) {
      addRelu(node);
    }
  }

  private void add(Node node, String operation, long floats, Runnable body) {
    add(node, operation, 2 * lanes * node.multiplyAdds(), floats, body);
  }

  private void add(Node node, String operation, long flop, long floats, Runnable body) {
    String subject =
        "%d. %s, %s to %s"
            .formatted(node.index() + 1, node.layer().text(), node.input(), node.output());
    cases.add(new OperationCase(operation, subject, flop, floats * Float.BYTES, body));
  }

  /** Floats of a layer with parameters that each of its operations reads or writes once. */
  private long floats(Node node) {
    return (long) lanes * (node.input().size() + node.output().size()) + node.parameterCount();
  }

  private void addConvolution(Node node) {
    if (plan.windows(node) != null) {
      addPooledConvolution(node);
    } else {
      addConvolutionAlone(node);
    }
    if (node.index() > plan.firstLearning()) {
      add(
          node,
          "backward data",
          floats(node),
          () -> convolutions.backwardData(node, parameters, memory));
    }
  }

  private void addPooledConvolution(Node node) {
    Pooling pooling = plan.pooling(plan.pool(node));
    float[] argmax = new float[pooling.windows() * lanes];
    add(
        node,
        "forward, with max-pool",
        floats(node),
        () -> convolutions.forward(node, parameters, memory, argmax));
    convolutions.forward(node, parameters, memory, argmax);
    if (node.index() == plan.firstLearning()) {
      add(
          node,
          "backward filter, with max-pool",
          floats(node),
          () -> convolutions.backwardFilters(node, memory, argmax, gradient, false));
    } else {
      addFilterGradient(node);
    }
  }

  private void addConvolutionAlone(Node node) {
    add(
        node,
        plan.relu(node) ? "forward, with ReLU" : "forward",
        floats(node),
        () -> convolutions.forward(node, parameters, memory, null));
    addFilterGradient(node);
  }

  private void addFilterGradient(Node node) {
    add(
        node,
        plan.forward(node).bias() < 0 ? "backward filter" : "backward filter and bias",
        floats(node),
        () -> convolutions.backwardFilters(node, memory, null, gradient, false));
  }

  private void addDense(Node node) {
    int inputs = node.input().size();
    int outputs = node.output().size();
    int weight = order.weight(node);
    int bias = order.bias(node);
    int in = plan.tensor(node.index()).value().at();
    LaneTensor output = plan.tensor(node.index() + 1);
    int out = output.value().at();
    int dOut = output.gradient().at();
    boolean relu = plan.relu(node);
    add(
        node,
        relu ? "forward, with ReLU" : "forward",
        floats(node),
        () -> operations.dense(inputs, outputs, parameters, weight, bias, memory, in, out, relu));
    if (node.index() > plan.firstLearning()) {
      int[] dIn = plan.tensor(node.index()).gradient().indices();
      add(
          node,
          "backward data",
          floats(node),
          () -> operations.denseBackwardData(outputs, parameters, weight, memory, dOut, dIn));
    }
    add(
        node,
        "backward weights and bias",
        floats(node),
        () ->
            operations.denseBackwardWeights(
                inputs, outputs, memory, in, dOut, gradient, weight, bias, false));
  }

  private void addMaxPool(Node node) {
    Pooling pooling = plan.pooling(node);
    float[] argmax = new float[pooling.windows() * lanes];
    operations.maxPool(pooling, memory, argmax); // the backward pass needs it
    long floats = (long) lanes * (node.input().size() + 2 * node.output().size());
    Node convolution = plan.convolution(node);
    if (convolution == null) {
      add(node, "forward", floats, () -> operations.maxPool(pooling, memory, argmax));
    }
    if (convolution == null
        ? node.index() > plan.firstLearning()
        : convolution.index() > plan.firstLearning()) {
      add(node, "backward", floats, () -> operations.maxPoolBackward(pooling, memory, argmax));
    }
  }

  private void addRelu(Node node) {
    LaneTensor tensor = plan.tensor(node.index() + 1);
    LaneLayout value = tensor.value();
    long floats = (long) lanes * node.output().size();
    if (node.layer() instanceof MaxPool) {
      add(
          node,
          "ReLU behind it, forward",
          0,
          2 * floats,
          () -> operations.relu(value.size(), memory, value.at()));
    }
    LaneLayout d = tensor.gradient();
    add(
        node,
        "ReLU behind it, backward",
        0,
        3 * floats,
        () -> planes.reluBackward(value, memory, d, memory, d, memory));
  }
}
