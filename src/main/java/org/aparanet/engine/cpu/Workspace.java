package org.aparanet.engine.cpu;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Convolution;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Relu;

/**
 * What one thread needs to take a slice of a batch through the whole network: activations,
 * gradients of activations and the operations.
 *
 * <p>ReLU works in place: no other layer's backward pass needs to know its own output.
 */
final class Workspace {
  private static final float[] PIXELS = pixels();

  private final List<Node> nodes;
  private final Operations operations;
  private final int firstLearning; // the backward pass ends there
  private final float[][] activations; // by node: its input; last: the logits
  private final int[][] argmax; // by node, null where it is no max-pool
  private float[] dOutput;
  private float[] dInput;

  /**
   * @param slice the most images of a slice
   */
  Workspace(Network network, int slice) {
    nodes = network.nodes();
    operations = new ScalarOperations(network);
    activations = new float[nodes.size() + 1][];
    activations[0] = new float[slice * network.input().size()];
    argmax = new int[nodes.size()][];
    int largest = 0;
    int learning = nodes.size();
    for (Node node : nodes) {
      int size = slice * node.output().size();
      boolean inPlace = node.layer() instanceof Relu;
      activations[node.index() + 1] = inPlace ? activations[node.index()] : new float[size];
      if (node.layer() instanceof MaxPool) {
        argmax[node.index()] = new int[size];
      }
      if (!node.tensors().isEmpty()) {
        learning = Math.min(learning, node.index());
      }
      if (learning <= node.index()) {
        largest = Math.max(largest, size);
      }
    }
    firstLearning = learning;
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

  Operations operations() {
    return operations;
  }

  /** The outputs of the last {@link #forward}, [images, classes]. */
  float[] logits() {
    return activations[nodes.size()];
  }

  /** Where {@link #backward} expects the gradient of the loss, [images, classes]. */
  float[] dLogits() {
    return dOutput;
  }

  /** Puts image {@code index} of a set into row {@code row} of the slice. */
  void read(ImageSet set, int index, int row) {
    float[] input = activations[0];
    byte[] pixels = set.pixels();
    int size = set.shape().size();
    int source = index * size;
    int target = row * size;
    for (int i = 0; i < size; i++) {
      input[target + i] = PIXELS[pixels[source + i] & 0xFF];
    }
  }

  void forward(int images, float[] parameters) {
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
    }
  }

  /**
   * @param gradient of all parameters, flat
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void backward(int images, float[] parameters, float[] gradient, boolean accumulate) {
    for (int i = nodes.size() - 1; i >= firstLearning; i--) {
      Node node = nodes.get(i);
      float[] input = activations[i];
      boolean data = i > firstLearning;
      if (node.layer() instanceof Relu) {
        operations.reluBackward(images * node.output().size(), input, dOutput);
        continue;
      }
      if (node.layer() instanceof Convolution) {
        operations.convolutionBackwardFilter(node, images, input, dOutput, gradient, accumulate);
        if (data) {
          operations.convolutionBackwardData(node, images, dOutput, parameters, dInput);
        }
      } else if (node.layer() instanceof MaxPool) {
        operations.maxPoolBackward(node, images, dOutput, argmax[i], dInput);
      } else {
        operations.denseBackwardWeights(node, images, input, dOutput, gradient, accumulate);
        if (data) {
          operations.denseBackwardData(node, images, dOutput, parameters, dInput);
        }
      }
      float[] swap = dOutput;
      dOutput = dInput;
      dInput = swap;
    }
  }

  private static float[] pixels() {
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / ImageSet.PIXEL_SCALE;
    }
    return values;
  }
}
