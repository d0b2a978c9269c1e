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
    super(node, layers);
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {}

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {}

  @Override
  void addBranches(LaneSlice s) {
    for (LaneLayout sum : branches()) { // there is one
      s.planes.copy(sum, s.memory, dIn, s.memory, false);
    }
  }
}
