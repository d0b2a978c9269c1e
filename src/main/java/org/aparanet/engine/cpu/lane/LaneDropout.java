package org.aparanet.engine.cpu.lane;

import org.aparanet.model.Dropout;
import org.aparanet.model.Network.Node;

/** Dropout with images in the lanes. A slice keeps the factor of each element. */
final class LaneDropout extends LaneLayer {
  private final Dropout layer;
  private final int lanes;

  LaneDropout(Node node, Dropout layer, LaneLayers layers) {
    super(node, layers, false);
    this.layer = layer;
    lanes = layers.memory().lanes();
  }

  @Override
  int kept() {
    return node.output().size() * lanes;
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    if (s.dropout() == null) {
      p.planes.copy(in, s.memory, out, s.memory, relu);
      return;
    }
    float[] mask = s.kept(node);
    for (int n = 0; n < s.images(); n++) {
      s.dropout().fill(node, layer, s.first() + n, mask, n, lanes);
    }
    p.planes.multiply(in, s.memory, mask, out, s.memory, relu);
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    p.planes.multiply(dOut, s.memory, s.kept(node), dIn, s.memory, false);
  }
}
