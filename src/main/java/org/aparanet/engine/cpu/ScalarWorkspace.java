package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.LayerWork.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * A workspace in plain Java; its tensors are [images, C, H, W].
 *
 * <p>ReLU works in place: no other layer's backward pass needs to know its own output.
 */
final class ScalarWorkspace implements Workspace {
  private final List<Node> nodes;
  private final Operations operations;
  private final int firstLearning; // the backward pass ends there
  private final float[][] activations; // by node: its input; last: the logits
  private final int[][] argmax; // by node, null where it is no max-pool
  private float[] dOutput;
  private float[] dInput;
  private OperationTimes times; // null unless a step is profiled

  /**
   * @param slice the most images of a slice
   */
  ScalarWorkspace(Network network, int slice) {
    nodes = network.nodes();
    operations = new ScalarOperations(network);
    activations = new float[nodes.size() + 1][];
    activations[0] = new float[slice * network.input().size()];
    argmax = new int[nodes.size()][];
    int largest = 0;
    firstLearning = network.firstLearning();
    for (Node node : nodes) {
      int size = slice * node.output().size();
      boolean inPlace = node.layer() instanceof Relu;
      activations[node.index() + 1] = inPlace ? activations[node.index()] : new float[size];
      if (node.layer() instanceof MaxPool) {
        argmax[node.index()] = new int[size];
      }
      if (firstLearning <= node.index()) {
        largest = Math.max(largest, size);
      }
    }
    dOutput = new float[largest];
    dInput = new float[largest];
  }

  /** How many floats the activations of one image take. */
  static long activationSize(Network network) {
    long size = network.input().size();
    for (Node node : network.nodes()) {
      size += node.layer() instanceof Relu ? 0 : node.output().size();
    }
    return size;
  }

  @Override
  public float[] logits() {
    return activations[nodes.size()];
  }

  @Override
  public float[] dLogits() {
    return dOutput;
  }

  @Override
  public void profile(OperationTimes target) {
    times = target;
  }

  @Override
  public Node leader(Node node) {
    return node;
  }

  private void lap(Node node, Direction direction) {
    if (times != null) {
      times.lap(node, direction);
    }
  }

  @Override
  public void read(ImageSet set, int index, int row) {
    float[] input = activations[0];
    byte[] pixels = set.pixels();
    int size = set.shape().size();
    int source = index * size;
    int target = row * size;
    for (int i = 0; i < size; i++) {
      input[target + i] = Pixels.value(pixels[source + i]);
    }
  }

  @Override
  public void forward(int images, float[] parameters) {
    for (Node node : nodes) {
      float[] input = activations[node.index()];
      float[] output = activations[node.index() + 1];
      if (node.layer() instanceof Convolution) {
        operations.convolutionForward(node, images, input, parameters, output);
      } else if (node.layer() instanceof MaxPool) {
        operations.maxPoolForward(node, images, input, output, argmax[node.index()]);
      } else if (node.layer() instanceof Relu) {
        operations.reluForward(images * node.output().size(), output);
      } else {
        operations.denseForward(node, images, input, parameters, output);
      }
      lap(node, Direction.FORWARD);
    }
  }

  @Override
  public void backward(int images, float[] parameters, float[] gradient, boolean accumulate) {
    for (int i = nodes.size() - 1; i >= firstLearning; i--) {
      Node node = nodes.get(i);
      float[] input = activations[i];
      boolean data = i > firstLearning;
      if (node.layer() instanceof Relu) {
        operations.reluBackward(images * node.output().size(), input, dOutput);
        lap(node, Direction.BACKWARD);
        continue;
      }
      if (node.layer() instanceof Convolution) {
        operations.convolutionBackwardFilter(node, images, input, dOutput, gradient, accumulate);
        lap(node, Direction.BACKWARD_FILTER);
        if (data) {
          operations.convolutionBackwardData(node, images, dOutput, parameters, dInput);
          lap(node, Direction.BACKWARD_DATA);
        }
      } else if (node.layer() instanceof MaxPool) {
        operations.maxPoolBackward(node, images, dOutput, argmax[i], dInput);
        lap(node, Direction.BACKWARD);
      } else {
        operations.denseBackwardWeights(node, images, input, dOutput, gradient, accumulate);
        lap(node, Direction.BACKWARD_FILTER);
        if (data) {
          operations.denseBackwardData(node, images, dOutput, parameters, dInput);
          lap(node, Direction.BACKWARD_DATA);
        }
      }
      float[] swap = dOutput;
      dOutput = dInput;
      dInput = swap;
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
