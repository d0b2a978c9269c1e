package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;

/**
 * Shortcut with images in the lanes. Its output is the value that it leads back to, in the same
 * memory, whose first reader adds its gradient by {@link LaneLayer#addBranches}. Of its own input,
 * the first branch's output, only the residual sum has a gradient.
 */
final class LaneShortcut extends LaneLayer {

  LaneShortcut(Node node, LaneLayers layers) {
    super(node, layers, true);
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {}

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {}

  @Override
  void addBranches(LaneSlice s, LanePart p) {
    for (LaneLayout sum : branches()) { // there is one
      p.planes.copy(p.of(sum), s.memory, p.of(dIn), s.memory, false);
    }
  }
}
