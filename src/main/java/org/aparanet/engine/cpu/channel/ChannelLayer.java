package org.aparanet.engine.cpu.channel;

import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Layer on the tensors of one image, [H, W, C] with neighbouring channels in the lanes: its tables,
 * its forward pass and its backward pass. It has no state of a slice, so that threads share it.
 */
abstract class ChannelLayer {
  final Node node;

  /** Layout of the input. */
  final LaneLayout in;

  /** Layout of the output. */
  final LaneLayout out;

  /** Layout of the gradient of the input; null where no layer needs it. */
  final LaneLayout dIn;

  /** Layout of the gradient of the output; null in front of the first layer with parameters. */
  final LaneLayout dOut;

  /** Whether the backward pass continues to the layer before. */
  final boolean passesBack;

  private final boolean relu; // whether the layer computes a ReLU of its own output
  private final int[] outputs; // positions of the output; null where it has no gradient
  private final int[] gradients; // positions of the output's gradient; null likewise

  ChannelLayer(Node node, ChannelLayers layers) {
    this.node = node;
    in = layers.memory().input(node).value();
    out = layers.memory().output(node).value();
    dIn = layers.memory().input(node).gradient();
    dOut = layers.memory().output(node).gradient();
    passesBack = node.index() > layers.network().firstLearning();
    relu = layers.fusion().relu(node);
    outputs = dOut == null ? null : out.planeIndices();
    gradients = dOut == null ? null : dOut.planeIndices();
  }

  /**
   * Forward pass: the output from the input, without the ReLU behind it.
   *
   * @param parameters of all layers
   */
  abstract void forward(ChannelSlice s, float[] parameters);

  /**
   * Backward pass: gradients of the input and of the layer's parameters from that of the output.
   * Every implementation books its own time.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  abstract void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate);

  /**
   * Backward pass of a batch's only slice, and the update of the layer's parameters: by -rate *
   * gradient.
   */
  void backwardAndUpdate(ChannelSlice s, float[] parameters, float[] gradient, StepRates rates) {
    backward(s, parameters, gradient, false);
  }

  /** Floats that a slice keeps for this layer alone. */
  int kept() {
    return 0;
  }

  /** Positions of the output's gradient. */
  final int[] gradients() {
    return gradients;
  }

  /** ReLU of the output, if the layer has one, in place. */
  final void relu(ChannelSlice s) {
    if (relu) {
      s.vectors.relu(out.size(), s.memory, out.at());
    }
  }

  /** Gradient of that ReLU, in place. */
  final void reluBackward(ChannelSlice s) {
    if (relu) {
      s.channels.reluBackward(out.columnStride(), outputs, gradients, s.memory);
      s.lap(node, Direction.BACKWARD_RELU);
    }
  }
}
