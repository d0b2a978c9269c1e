package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * A workspace for one image, whose tensors are [H, W, C] with neighbouring channels in the lanes of
 * a vector.
 *
 * <p>ReLU works in place.
 */
final class ChannelWorkspace implements Workspace {
  private final LanePlan plan;
  private final ParameterOrder order;
  private final ChannelOperations channels = LaneSupport.channelOperations();
  private final LaneOperations vectors = LaneSupport.operations(); // whatever the lanes are
  private final List<Node> nodes;
  private final int classes;
  private final float[] memory;
  private final int row; // where a dense layer leaves a gradient that others want elsewhere
  private final float[][] argmax; // by node, null where it is no max-pool
  private final int[][] outputs; // by node that learns: where its output's positions lie
  private final int[][] dOutputs; // by node that learns: where their gradients lie
  private final float[][] turned; // by node, see turn; null without gradient of the input
  private final float[] logits;
  private final float[] dLogits;
  private OperationTimes times; // null unless a step is profiled

  ChannelWorkspace(LanePlan plan, ParameterOrder order) {
    this.plan = plan;
    this.order = order;
    nodes = plan.network().nodes();
    classes = plan.network().classes();
    row = plan.size();
    memory = HumongousArrays.floats(Math.addExact(row, longestRow()));
    argmax = new float[nodes.size()][];
    outputs = new int[nodes.size()][];
    dOutputs = new int[nodes.size()][];
    turned = new float[nodes.size()][];
    for (Node node : nodes) {
      int i = node.index();
      if (i >= plan.firstLearning()) {
        outputs[i] = plan.tensor(i + 1).value().planeIndices();
        dOutputs[i] = plan.tensor(i + 1).gradient().planeIndices();
      }
      if (node.layer() instanceof MaxPool) {
        argmax[i] = new float[plan.pooling(node).windows() * vectors.lanes()];
      } else if (node.layer() instanceof Convolution && i > plan.firstLearning()) {
        turned[i] = new float[plan.backward(node).tap().length * depth(i)];
      }
    }
    logits = new float[classes];
    dLogits = new float[classes];
  }

  private int longestRow() {
    int longest = 0;
    for (Node node : nodes) {
      if (node.layer() instanceof Dense) {
        longest = Math.max(longest, inputs(node));
      }
    }
    return longest;
  }

  /** Length of a row of a dense layer's weights. */
  private int inputs(Node node) {
    return plan.wholeVectors(plan.tensor(node.index()).value().size());
  }

  /** Floats of a position of the input of node i, or of the output of node i - 1. */
  private int depth(int i) {
    return plan.tensor(i).value().columnStride();
  }

  @Override
  public void profile(OperationTimes target) {
    times = target;
  }

  @Override
  public Node leader(Node node) {
    boolean relu = node.layer() instanceof Relu && node.index() > 0;
    return relu ? leader(nodes.get(node.index() - 1)) : node;
  }

  private void lap(Node node, Direction direction) {
    if (times != null) {
      times.lap(node, direction);
    }
  }

  @Override
  public void read(ImageSet set, int index, int row) {
    LaneLayout input = plan.tensor(0).value();
    byte[] pixels = set.pixels();
    int source = index * set.shape().size();
    int width = set.shape().width();
    int step = input.columnStride();
    for (int c = 0; c < set.shape().channels(); c++) {
      for (int y = 0; y < set.shape().height(); y++) {
        int target = input.index(c, y, 0);
        for (int x = 0; x < width; x++) {
          memory[target + x * step] = Pixels.value(pixels[source + x]);
        }
        source += width;
      }
    }
  }

  @Override
  public int nodes() {
    return nodes.size();
  }

  @Override
  public void begin(int images, int first, DropoutStep dropout) {
    // one image fills its lanes, and none of the layers here changes from step to step
  }

  @Override
  public void forward(float[] parameters, int from, int to) {
    for (int i = from; i < to; i++) {
      Node node = nodes.get(i);
      LaneLayout input = plan.tensor(node.index()).value();
      LaneLayout output = plan.tensor(node.index() + 1).value();
      if (node.layer() instanceof Convolution) {
        channels.correlate(
            plan.forward(node), parameters, order.weight(node), order.bias(node), memory);
      } else if (node.layer() instanceof Dense) {
        channels.dense(
            inputs(node),
            node.output().size(),
            parameters,
            order.weight(node),
            order.bias(node),
            memory,
            input.at(),
            output.at());
      } else if (node.layer() instanceof MaxPool) {
        vectors.maxPool(plan.pooling(node), memory, argmax[node.index()]);
      }
      if (plan.relu(node) || plan.reluOfImage(node)) {
        vectors.relu(output.size(), memory, output.at());
      }
      lap(node, Direction.FORWARD);
    }
    System.arraycopy(memory, plan.tensor(nodes.size()).value().at(), logits, 0, classes);
  }

  @Override
  public float[] logits() {
    return logits;
  }

  @Override
  public float[] dLogits() {
    return dLogits;
  }

  @Override
  public void backward(float[] parameters, float[] gradient, boolean accumulate, int from, int to) {
    takeLogitsGradient();
    for (int i = from - 1; i >= Math.max(to, plan.firstLearning()); i--) {
      Node node = nodes.get(i);
      if (plan.relu(node)) {
        channels.reluBackward(depth(i + 1), outputs[i], dOutputs[i], memory);
        lap(node, Direction.BACKWARD_RELU);
      }
      if (node.layer() instanceof Convolution) {
        backwardConvolution(node, parameters, gradient, accumulate);
      } else if (node.layer() instanceof Dense) {
        if (!accumulate) {
          Arrays.fill(gradient, order.weight(node), order.end(node), 0f);
        }
        channels.denseBackward(
            inputs(node),
            node.output().size(),
            parameters,
            order.weight(node),
            memory,
            plan.tensor(i).value().at(),
            plan.tensor(i + 1).gradient().at(),
            rowGradient(node),
            gradient,
            order.bias(node));
        spreadRow(node);
        lap(node, Direction.BACKWARD);
      } else if (node.layer() instanceof MaxPool) {
        vectors.maxPoolBackward(plan.pooling(node), memory, argmax[i]);
        lap(node, Direction.BACKWARD);
      }
    }
  }

  @Override
  public void backwardAndUpdate(
      float[] parameters, float[] gradient, int learned, float learningRate) {
    takeLogitsGradient();
    for (int i = nodes.size() - 1; i >= plan.firstLearning(); i--) {
      Node node = nodes.get(i);
      if (plan.relu(node)) {
        channels.reluBackward(depth(i + 1), outputs[i], dOutputs[i], memory);
        lap(node, Direction.BACKWARD_RELU);
      }
      if (node.layer() instanceof Convolution) {
        backwardConvolution(node, parameters, gradient, false);
        update(order.weight(node), order.end(node), parameters, gradient, learningRate);
        if (times != null) {
          times.lap(OperationTimes.Piece.UPDATE);
        }
      } else if (node.layer() instanceof Dense) {
        channels.denseStep(
            inputs(node),
            node.output().size(),
            parameters,
            order.weight(node),
            memory,
            plan.tensor(i).value().at(),
            plan.tensor(i + 1).gradient().at(),
            rowGradient(node),
            gradient,
            order.bias(node),
            learningRate);
        spreadRow(node);
        lap(node, Direction.BACKWARD_UPDATE);
      } else if (node.layer() instanceof MaxPool) {
        vectors.maxPoolBackward(plan.pooling(node), memory, argmax[i]);
        lap(node, Direction.BACKWARD);
      }
    }
  }

  private void takeLogitsGradient() {
    System.arraycopy(dLogits, 0, memory, plan.tensor(nodes.size()).gradient().at(), classes);
  }

  private void backwardConvolution(
      Node node, float[] parameters, float[] gradient, boolean accumulate) {
    int i = node.index();
    channels.correlateGradient(
        plan.forward(node),
        dOutputs[i],
        memory,
        gradient,
        order.weight(node),
        order.bias(node),
        accumulate);
    lap(node, Direction.BACKWARD_FILTER);
    if (i > plan.firstLearning()) {
      turn(node, parameters);
      channels.correlate(plan.backward(node), turned[i], 0, -1, memory);
      lap(node, Direction.BACKWARD_DATA);
    }
  }

  /**
   * Turns filters [C, filterHeight, filterWidth, F] into [F, filterHeight, filterWidth, C]: on the
   * way back the input's channels are in the lanes.
   */
  private void turn(Node node, float[] parameters) {
    Convolution layer = (Convolution) node.layer();
    int area = layer.filterHeight() * layer.filterWidth();
    int depth = depth(node.index() + 1);
    int turnedDepth = depth(node.index());
    float[] target = turned[node.index()];
    for (int c = 0; c < node.input().channels(); c++) {
      for (int k = 0; k < area; k++) {
        int from = order.weight(node) + (c * area + k) * depth;
        for (int f = 0; f < layer.filters(); f++) {
          target[(f * area + k) * turnedDepth + c] = parameters[from + f];
        }
      }
    }
  }

  /** Where a dense layer leaves the gradient of its input. */
  private int rowGradient(Node node) {
    LaneLayout gradient = plan.tensor(node.index()).gradient();
    return gradient != null && gradient.dense() ? gradient.at() : row;
  }

  /** Takes that gradient to where the layer before wants it. */
  private void spreadRow(Node node) {
    LaneLayout gradient = plan.tensor(node.index()).gradient();
    if (gradient == null || gradient.dense()) {
      return;
    }
    int depth = depth(node.index());
    int[] targets = dOutputs[node.index() - 1];
    for (int p = 0; p < targets.length; p++) {
      System.arraycopy(memory, row + p * depth, memory, targets[p], depth);
    }
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    vectors.add(from, to, sum, addend);
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    vectors.update(from, to, parameters, gradient, learningRate);
  }
}
