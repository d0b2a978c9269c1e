package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.HumongousArrays;
import org.aparanet.engine.LayerWork.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.Dense;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * A workspace whose tensors are [C, H, W] vectors, one image in each lane.
 *
 * <p>ReLU works in place; behind a convolution or a dense layer it is part of that layer.
 */
final class LaneWorkspace implements Workspace {
  private final LanePlan plan;
  private final ParameterOrder order;
  private final LaneOperations operations;
  private final List<Node> nodes;
  private final int lanes;
  private final int classes;
  private final float[] memory;
  private final float[][] argmax; // by node, null where it is no max-pool
  private final int[][] dIn; // by node, null where it is no dense layer with an input gradient
  private final ConvolutionWorkspace convolutions;
  private final float[] logits;
  private final float[] dLogits;
  private OperationTimes times; // null unless a step is profiled

  LaneWorkspace(LanePlan plan, ParameterOrder order, LaneOperations operations) {
    this.plan = plan;
    this.order = order;
    this.operations = operations;
    nodes = plan.network().nodes();
    lanes = operations.lanes();
    classes = plan.network().classes();
    memory = HumongousArrays.floats(plan.size());
    argmax = new float[nodes.size()][];
    dIn = new int[nodes.size()][];
    for (Node node : nodes) {
      if (node.layer() instanceof MaxPool) {
        argmax[node.index()] = new float[plan.pooling(node).windows() * lanes];
      } else if (node.layer() instanceof Dense && node.index() > plan.firstLearning()) {
        dIn[node.index()] = plan.tensor(node.index()).gradient().indices();
      }
    }
    convolutions = new ConvolutionWorkspace(plan, operations);
    logits = new float[lanes * classes];
    dLogits = new float[lanes * classes];
  }

  @Override
  public void takeParameters(float[] parameters) {
    convolutions.takeParameters(parameters);
  }

  @Override
  public void profile(OperationTimes target) {
    times = target;
  }

  @Override
  public Node leader(Node node) {
    if (node.layer() instanceof Relu && node.index() > 0) {
      return leader(nodes.get(node.index() - 1));
    }
    Node convolution = node.layer() instanceof MaxPool ? plan.convolution(node) : null;
    return convolution == null ? node : convolution;
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
    for (int c = 0; c < set.shape().channels(); c++) {
      for (int y = 0; y < set.shape().height(); y++) {
        int target = input.index(c, y, 0) + row;
        for (int x = 0; x < width; x++) {
          memory[target + x * lanes] = Pixels.value(pixels[source + x]);
        }
        source += width;
      }
    }
  }

  /** Lanes beyond the images keep an earlier image; zeros instead can do no harm. */
  private void clearUnused(int images) {
    LaneLayout input = plan.tensor(0).value();
    for (int i = input.at(); i < input.at() + input.size(); i += lanes) {
      for (int n = images; n < lanes; n++) {
        memory[i + n] = 0f;
      }
    }
  }

  @Override
  public void forward(int images, float[] parameters) {
    if (images < lanes) {
      clearUnused(images);
    }
    for (Node node : nodes) {
      forward(node, parameters);
      lap(node, Direction.FORWARD);
    }
    int at = plan.tensor(nodes.size()).value().at();
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < classes; c++) {
        logits[n * classes + c] = memory[at + c * lanes + n];
      }
    }
  }

  private void forward(Node node, float[] parameters) {
    int i = node.index();
    LaneLayout output = plan.tensor(i + 1).value();
    boolean relu = plan.relu(node);
    if (node.layer() instanceof Convolution) {
      boolean pools = plan.windows(node) != null;
      float[] maxima = pools ? argmax[plan.pool(node).index()] : null;
      convolutions.forward(node, parameters, memory, maxima);
    } else if (node.layer() instanceof Dense) {
      operations.dense(
          node.input().size(),
          node.output().size(),
          parameters,
          order.weight(node),
          order.bias(node),
          memory,
          plan.tensor(i).value().at(),
          output.at(),
          relu);
    } else if (node.layer() instanceof MaxPool) {
      if (plan.convolution(node) == null) {
        operations.maxPool(plan.pooling(node), memory, argmax[i]);
      }
      if (relu) {
        operations.relu(output.size(), memory, output.at());
      }
    } else if (plan.reluOfImage(node)) {
      operations.relu(output.size(), memory, output.at());
    }
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
  public void backward(int images, float[] parameters, float[] gradient, boolean accumulate) {
    int at = plan.tensor(nodes.size()).gradient().at();
    for (int c = 0; c < classes; c++) {
      for (int n = 0; n < lanes; n++) {
        memory[at + c * lanes + n] = n < images ? dLogits[n * classes + c] : 0f;
      }
    }
    for (int i = nodes.size() - 1; i >= plan.firstLearning(); i--) {
      Node node = nodes.get(i);
      if (plan.relu(node)) {
        LaneTensor output = plan.tensor(i + 1);
        operations.reluBackward(output.value(), output.gradient(), memory);
        lap(node, Direction.BACKWARD_RELU);
      }
      if (node.layer() instanceof Convolution) {
        backwardConvolution(node, parameters, gradient, accumulate);
      } else if (node.layer() instanceof Dense) {
        backwardDense(node, parameters, gradient, accumulate);
      } else if (node.layer() instanceof MaxPool && !gradientOfWindows(plan.convolution(node))) {
        operations.maxPoolBackward(plan.pooling(node), memory, argmax[i]);
        lap(node, Direction.BACKWARD);
      }
    }
  }

  /** Whether a convolution's filters alone need the gradient of its output, through a max-pool. */
  private boolean gradientOfWindows(Node convolution) {
    return convolution != null
        && convolution.index() == plan.firstLearning()
        && plan.windows(convolution) != null;
  }

  private void backwardConvolution(
      Node node, float[] parameters, float[] gradient, boolean accumulate) {
    float[] maxima = gradientOfWindows(node) ? argmax[plan.pool(node).index()] : null;
    convolutions.backwardFilters(node, memory, maxima, gradient, accumulate);
    lap(node, Direction.BACKWARD_FILTER);
    if (node.index() > plan.firstLearning()) {
      convolutions.backwardData(node, parameters, memory);
      lap(node, Direction.BACKWARD_DATA);
    }
  }

  private void backwardDense(Node node, float[] parameters, float[] gradient, boolean accumulate) {
    int inputs = node.input().size();
    int in = plan.tensor(node.index()).value().at();
    int dOut = plan.tensor(node.index() + 1).gradient().at();
    operations.denseBackwardWeights(
        inputs,
        node.output().size(),
        memory,
        in,
        dOut,
        gradient,
        order.weight(node),
        order.bias(node),
        accumulate);
    lap(node, Direction.BACKWARD_FILTER);
    if (node.index() > plan.firstLearning()) {
      operations.denseBackwardData(
          node.output().size(), parameters, order.weight(node), memory, dOut, dIn[node.index()]);
      lap(node, Direction.BACKWARD_DATA);
    }
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    operations.add(from, to, sum, addend);
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    operations.update(from, to, parameters, gradient, learningRate);
  }
}
