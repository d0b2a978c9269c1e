package org.aparanet.engine.cpu.lane;

import org.aparanet.model.Network.Node;

/** Dense layer with images in the lanes. */
final class LaneDense extends LaneLayer {
  private final int inputs;
  private final int outputs;
  private final int depth;
  private final int weight;
  private final int bias;
  private final int[] inputGradients; // positions; null where no layer needs them

  LaneDense(Node node, LaneLayers layers) {
    super(node, layers, false);
    inputs = node.input().size();
    outputs = node.output().size();
    depth = layers.memory().wholeVectors(outputs);
    weight = layers.order().weight(node);
    bias = layers.order().bias(node);
    inputGradients = passesBack ? dIn.indices() : null;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** Floats from one input's weights to the next: the outputs, rounded up to whole vectors. */
  int depth() {
    return depth;
  }

  int weight() {
    return weight;
  }

  int bias() {
    return bias;
  }

  /** Positions of the inputs' gradients; null where no layer needs them. */
  int[] inputGradients() {
    return inputGradients;
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    p.operations.dense(
        inputs, outputs, parameters, weight, bias, s.memory, in.at(), out.at(), relu);
  }

  @Override
  boolean learns() {
    return true;
  }

  @Override
  void backwardParameters(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {
    p.operations.denseBackwardWeights(
        inputs, outputs, s.memory, in.at(), dOut.at(), gradient, weight, bias, accumulate);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    p.operations.denseBackwardData(
        outputs, parameters, weight, s.memory, dOut.at(), inputGradients);
  }
}
