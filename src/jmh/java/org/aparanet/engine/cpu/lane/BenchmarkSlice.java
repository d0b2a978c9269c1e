package org.aparanet.engine.cpu.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.LaneTensor;
import org.aparanet.model.Initialization;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * A full slice of a network in the middle of a step: parameters as training begins with them,
 * activations of which ReLU has cleared half, small gradients. Its cases are all operations of the
 * step, on this data.
 */
public final class BenchmarkSlice {
  private static final Shape MNIST = new Shape(1, 28, 28);
  private static final int CLASSES = 10;
  private static final float SMALL = 1e-3f;

  private final int lanes;
  private final LaneMemory layout;
  private final LaneSlice slice;
  private final Random random = new Random(1);
  private final float[] parameters;
  private final float[] gradient;
  private final List<OperationCase> cases = new ArrayList<>();

  /**
   * @param label name of a preset, which is laid out for MNIST
   */
  public BenchmarkSlice(String label) {
    Network network = network(label);
    lanes = LaneSupport.operations().lanes();
    LaneLayers layers = new LaneLayers(network, lanes, 1, WholeBatch.LARGE);
    layout = layers.memory();
    ParameterOrder order = layers.order();
    parameters = new float[order.size()];
    order.store(Initialization.suited(network).draw(network, 1), parameters);
    gradient = new float[order.size()];
    order.store(gaussian(network.parameterCount()), gradient);
    layers.layOutFilters(Team.ALONE, parameters);
    slice = new LaneSlice(layers);
    slice.begin(lanes, 0, null);
    for (int i = 0; i <= network.nodes().size(); i++) {
      fill(layout.tensor(i));
    }
    for (LaneLayer layer : layers.all()) {
      add(layer);
    }
    int count = network.parameterCount();
    ParameterArithmetic arithmetic = LaneSupport.parameterArithmetic();
    cases.add(
        new OperationCase(
            "update",
            String.format("%,d parameters", count),
            0,
            3L * count * Float.BYTES,
            () -> arithmetic.update(0, order.size(), parameters, gradient, SMALL * SMALL)));
  }

  /** The network of a preset. */
  public static Network network(String label) {
    return NamedNetwork.named(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"" + label + "\" is no network; allowed are " + NamedNetwork.labels()))
        .network(MNIST, CLASSES);
  }

  /** In the order of the forward pass, each layer's backward operations after its forward one. */
  public List<OperationCase> cases() {
    return cases;
  }

  /** The case of an id. */
  public OperationCase named(String id) {
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
        slice.memory[at + n] = (float) Math.max(0, random.nextGaussian());
      }
    }
    if (tensor.gradient() != null) {
      for (int at : tensor.gradient().indices()) {
        for (int n = 0; n < lanes; n++) {
          slice.memory[at + n] = SMALL * (float) random.nextGaussian();
        }
      }
    }
  }

  private void add(LaneLayer layer) {
    if (layer instanceof LaneConvolution convolution) {
      addConvolution(convolution);
    } else if (layer instanceof LaneDense dense) {
      addDense(dense);
    } else if (layer instanceof LaneMaxPool pool) {
      addMaxPool(pool);
    }
    if (layer.relu) {
      addRelu(layer);
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

  private void addConvolution(LaneConvolution layer) {
    Node node = layer.node;
    String behind = layer.pool() != null ? ", with max-pool" : layer.relu ? ", with ReLU" : "";
    add(
        node,
        "forward" + behind,
        floats(node),
        () -> layer.forward(slice, slice.whole, parameters));
    layer.forward(
        slice, slice.whole, parameters); // the gradient through a max-pool needs the maxima
    String way = layer.bias() ? "backward filter and bias" : "backward filter";
    add(
        node,
        layer.poolsGradient() ? "backward filter, with max-pool" : way,
        floats(node),
        () -> layer.backwardParameters(slice, slice.whole, gradient, false));
    if (layer.passesBack) {
      add(
          node,
          "backward data",
          floats(node),
          () -> layer.backwardInput(slice, slice.whole, parameters));
    }
  }

  private void addDense(LaneDense layer) {
    Node node = layer.node;
    add(
        node,
        layer.relu ? "forward, with ReLU" : "forward",
        floats(node),
        () -> layer.forward(slice, slice.whole, parameters));
    if (layer.passesBack) {
      add(
          node,
          "backward data",
          floats(node),
          () -> layer.backwardInput(slice, slice.whole, parameters));
    }
    add(
        node,
        "backward weights and bias",
        floats(node),
        () -> layer.backwardParameters(slice, slice.whole, gradient, false));
  }

  private void addMaxPool(LaneMaxPool layer) {
    Node node = layer.node;
    layer.forwardAlone(slice, slice.whole); // the backward pass needs the maxima
    long floats = (long) lanes * (node.input().size() + 2 * node.output().size());
    if (layer.convolution() == null) {
      add(node, "forward", floats, () -> layer.forwardAlone(slice, slice.whole));
    }
    if (layer.convolution() == null || layer.convolution().passesBack) {
      add(node, "backward", floats, () -> layer.backwardInput(slice, slice.whole, parameters));
    }
  }

  private void addRelu(LaneLayer layer) {
    Node node = layer.node;
    long floats = (long) lanes * node.output().size();
    if (layer instanceof LaneMaxPool) {
      LaneLayout value = layer.out;
      add(
          node,
          "ReLU behind it, forward",
          0,
          2 * floats,
          () -> slice.whole.operations.relu(value.size(), slice.memory, value.at()));
    }
    add(
        node,
        "ReLU behind it, backward",
        0,
        3 * floats,
        () -> layer.reluBackward(slice, slice.whole));
  }
}
