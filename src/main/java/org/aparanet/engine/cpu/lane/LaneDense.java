package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** Dense layer with images in the lanes. */
final class LaneDense extends LaneLayer {
  private final int inputs;
  private final int outputs;
  private final int weight;
  private final int bias;
  private final int[] inputGradients; // positions; null where no layer needs them

  LaneDense(Node node, LaneLayers layers) {
    super(node, layers);
    inputs = node.input().size();
    outputs = node.output().size();
    weight = layers.order().weight(node);
    bias = layers.order().bias(node);
    inputGradients = passesBack ? dIn.indices() : null;
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    s.operations.dense(
        inputs, outputs, parameters, weight, bias, s.memory, in.at(), out.at(), relu);
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    backwardWeights(s, gradient, accumulate);
    s.lap(node, Direction.BACKWARD_FILTER);
    if (passesBack) {
      backwardData(s, parameters);
      s.lap(node, Direction.BACKWARD_DATA);
    }
  }

  /** Gradient of the weights and of the bias. */
  void backwardWeights(LaneSlice s, float[] gradient, boolean accumulate) {
    s.operations.denseBackwardWeights(
        inputs, outputs, s.memory, in.at(), dOut.at(), gradient, weight, bias, accumulate);
  }

  /** Gradient of the input. */
  void backwardData(LaneSlice s, float[] parameters) {
    s.operations.denseBackwardData(
        outputs, parameters, weight, s.memory, dOut.at(), inputGradients);
  }
}
