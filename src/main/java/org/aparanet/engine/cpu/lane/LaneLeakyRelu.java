package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.LeakyRelu;
import org.aparanet.model.Network.Node;

/** A leaky ReLU with images in the lanes. */
final class LaneLeakyRelu extends LaneLayer {
  private final float slope;

  LaneLeakyRelu(Node node, LeakyRelu layer, LaneLayers layers) {
    super(node, layers);
    slope = layer.slope();
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    s.planes.leakyRelu(slope, in, s.memory, out, s.memory, relu);
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    if (passesBack) {
      s.planes.leakyReluBackward(slope, in, s.memory, dOut, s.memory, dIn, s.memory);
      s.lap(node, Direction.BACKWARD);
    }
  }
}
