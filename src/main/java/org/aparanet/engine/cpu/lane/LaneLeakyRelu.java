package org.aparanet.engine.cpu.lane;

import org.aparanet.model.LeakyRelu;
import org.aparanet.model.Network.Node;

/** A leaky ReLU with images in the lanes. */
final class LaneLeakyRelu extends LaneLayer {
  private final float slope;

  LaneLeakyRelu(Node node, LeakyRelu layer, LaneLayers layers) {
    super(node, layers, true);
    slope = layer.slope();
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.leakyRelu(slope, p.of(in), s.memory, p.of(out), s.memory, relu);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.leakyReluBackward(
        slope, p.of(in), s.memory, p.of(dOut), s.memory, p.of(dIn), s.memory);
  }
}
