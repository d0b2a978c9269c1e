package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;
import org.aparanet.model.ResidualAdd;

/**
 * Residual sum with images in the lanes. Its gradient is passed to the branch's end here, and to
 * its beginning by {@link LaneLayer#addBranches}.
 */
final class LaneResidual extends LaneLayer {
  private final LaneLayout skipped;

  LaneResidual(Node node, ResidualAdd layer, LaneLayers layers) {
    super(node, layers);
    skipped = layers.memory().tensor(layer.start(node.index())).value();
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    s.planes.add(in, s.memory, skipped, s.memory, out, s.memory, relu);
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    if (passesBack) {
      s.planes.copy(dOut, s.memory, dIn, s.memory, false);
      s.lap(node, Direction.BACKWARD);
    }
  }
}
