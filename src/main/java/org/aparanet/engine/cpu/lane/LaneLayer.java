package org.aparanet.engine.cpu.lane;

import java.util.List;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;

/**
 * Layer on tensors of [C, H, W] vectors, one image in each lane: its tables and its passes. It has
 * no state of a slice, so that threads share it.
 */
abstract class LaneLayer {

  /** Multiply-adds that take as long as an element that is read or written. */
  private static final int ADDS_OF_AN_ELEMENT = 16;

  /** Elements of work that are worth several threads: some 20 microseconds of one. */
  private static final long WORTH_DIVIDING = 1 << 18;

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

  /** Whether the passes are computed in several parts. */
  final boolean divided;

  private final List<LaneLayout> branches; // gradients from other layers that also take the input

  /**
   * @param divisible whether each pass can be computed in as many parts as its tensors have
   *     channels
   */
  LaneLayer(Node node, LaneLayers layers, boolean divisible) {
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
    divided =
        divisible
            && layers.parts() > 1
            && node.output().channels() >= layers.parts()
            && (branches.isEmpty() || node.input().channels() >= layers.parts())
            && elements(node) * layers.memory().lanes() >= WORTH_DIVIDING;
  }

  private static long elements(Node node) {
    return node.multiplyAdds() / ADDS_OF_AN_ELEMENT + node.input().size() + node.output().size();
  }

  /**
   * Runs a part of a pass.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void run(
      LanePass pass,
      LaneSlice s,
      LanePart p,
      float[] parameters,
      float[] gradient,
      boolean accumulate) {
    switch (pass) {
      case FORWARD -> forward(s, p, parameters);
      case RELU_GRADIENT -> reluBackward(s, p);
      case PARAMETER_GRADIENT -> backwardParameters(s, p, gradient, accumulate);
      case INPUT_GRADIENT -> backwardInput(s, p, parameters);
      case BRANCH_GRADIENT -> addBranches(s, p);
      default -> throw new IllegalArgumentException(node.layer().text() + " measures nothing");
    }
  }

  /**
   * Forward pass: the output from the input.
   *
   * @param parameters of all layers
   */
  abstract void forward(LaneSlice s, LanePart p, float[] parameters);

  /** Whether the layer has weights, whose gradient is a pass of its own. */
  boolean learns() {
    return false;
  }

  /**
   * Gradient of weights and bias.
   *
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void backwardParameters(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {}

  /**
   * Gradient of the input from that of the output.
   *
   * @param parameters of all layers
   */
  abstract void backwardInput(LaneSlice s, LanePart p, float[] parameters);

  /** Floats that a slice keeps for this layer from the forward to the backward pass. */
  int kept() {
    return 0;
  }

  /** New sums of a batch normalisation; null for other layers. */
  SliceSums sums() {
    return null;
  }

  /** Whether the gradient of the layer's ReLU is a pass of its own. */
  boolean reluApart() {
    return relu;
  }

  /** Gradient of the ReLU of this layer's output, in place. */
  final void reluBackward(LaneSlice s, LanePart p) {
    LaneLayout gradient = p.of(dOut);
    p.planes.reluBackward(p.of(out), s.memory, gradient, s.memory, gradient, s.memory);
  }

  /** Gradients from the other layers that also take this layer's input. */
  final List<LaneLayout> branches() {
    return branches;
  }

  /** Adds the gradients from the other layers that also take this layer's input. */
  void addBranches(LaneSlice s, LanePart p) {
    LaneLayout sum = p.of(dIn);
    for (LaneLayout branch : branches) {
      p.planes.add(sum, s.memory, p.of(branch), s.memory, sum, s.memory, false);
    }
  }
}
