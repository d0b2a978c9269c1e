package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;
import org.aparanet.model.ResidualAdd;

/**
 * Residual sum with images in the lanes. Its gradient is passed to the branch's end here, and to
 * its beginning by {@link LaneLayer#addBranches}.
 */
final class LaneResidual extends LaneLayer {
  private final LaneLayout skipped;

  LaneResidual(Node node, ResidualAdd layer, LaneLayers layers) {
    super(node, layers, true);
    skipped = layers.memory().tensor(layer.start(node.index())).value();
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.add(p.of(in), s.memory, p.of(skipped), s.memory, p.of(out), s.memory, relu);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.copy(p.of(dOut), s.memory, p.of(dIn), s.memory, false);
  }
}
