package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Layer on tensors of [C, H, W] vectors, one image in each lane: its tables, its forward pass and
 * its backward pass. It has no state of a slice, so that threads share it.
 */
abstract class LaneLayer {
  final Node node;

  /** Layout of the input. */
  final LaneLayout in;

  /** Layout of the output. */
  final LaneLayout out;

  /** Layout of the gradient of the input; null where no layer needs it. */
  final LaneLayout dIn;

  /** Layout of the gradient of the output; null in front of the first layer with parameters. */
  final LaneLayout dOut;

  /** Whether the layer computes a ReLU of its own output. */
  final boolean relu;

  /** Whether the backward pass continues to the layer before. */
  final boolean passesBack;

  private final List<LaneLayout> branches; // gradients from other layers that also take the input

  LaneLayer(Node node, LaneLayers layers) {
    this.node = node;
    in = layers.memory().input(node).value();
    out = layers.memory().output(node).value();
    dIn = layers.memory().input(node).gradient();
    dOut = layers.memory().output(node).gradient();
    relu = layers.fusion().relu(node);
    passesBack = node.index() > layers.network().firstLearning();
    branches =
        layers.network().branchesFrom(node.index()).stream()
            .map(sum -> layers.memory().output(sum).gradient())
            .toList();
  }

  /**
   * Forward pass: the output from the input.
   *
   * @param parameters of all layers
   */
  abstract void forward(LaneSlice s, float[] parameters);

  /**
   * Backward pass: gradients of the input and of the layer's parameters from that of the output.
   * Every implementation books its own time.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  abstract void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate);

  /** Floats that a slice keeps for this layer from the forward to the backward pass. */
  int kept() {
    return 0;
  }

  /** New sums of a batch normalisation; null for other layers. */
  SliceSums sums() {
    return null;
  }

  /** Gradient of the ReLU of this layer's output, if it has one, in place. */
  final void reluBackward(LaneSlice s) {
    if (relu) {
      s.planes.reluBackward(out, s.memory, dOut, s.memory, dOut, s.memory);
      s.lap(node, Direction.BACKWARD_RELU);
    }
  }

  /** Gradients from the other layers that also take this layer's input. */
  final List<LaneLayout> branches() {
    return branches;
  }

  /** Adds the gradients from the other layers that also take this layer's input. */
  void addBranches(LaneSlice s) {
    for (LaneLayout branch : branches) {
      s.planes.add(dIn, s.memory, branch, s.memory, dIn, s.memory, false);
    }
  }
}
