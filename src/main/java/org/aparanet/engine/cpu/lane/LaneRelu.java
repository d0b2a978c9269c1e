package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;

/**
 * A ReLU with images in the lanes. In place it is part of the layer before it; of the image it has
 * a forward pass alone.
 */
final class LaneRelu extends LaneLayer {
  private final boolean inPlace;
  private final boolean ofImage;

  LaneRelu(Node node, LaneLayers layers) {
    super(node, layers, true);
    inPlace = layers.fusion().inPlace(node);
    ofImage = layers.fusion().reluOfImage(node);
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    LaneLayout some = p.of(out);
    if (ofImage) {
      p.operations.relu(some.size(), s.memory, some.at());
    } else if (!inPlace) {
      p.planes.copy(p.of(in), s.memory, some, s.memory, true);
    }
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    if (!inPlace) {
      p.planes.reluBackward(p.of(out), s.memory, p.of(dOut), s.memory, p.of(dIn), s.memory);
    }
  }
}
