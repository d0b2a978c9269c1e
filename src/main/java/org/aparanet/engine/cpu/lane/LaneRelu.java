package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * A ReLU with images in the lanes. In place it is part of the layer before it; of the image it has
 * a forward pass alone.
 */
final class LaneRelu extends LaneLayer {
  private final boolean inPlace;
  private final boolean ofImage;

  LaneRelu(Node node, LaneLayers layers) {
    super(node, layers);
    inPlace = layers.fusion().inPlace(node);
    ofImage = layers.fusion().reluOfImage(node);
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    if (ofImage) {
      s.operations.relu(out.size(), s.memory, out.at());
    } else if (!inPlace) {
      s.planes.copy(in, s.memory, out, s.memory, true);
    }
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    reluBackward(s);
    if (passesBack && !inPlace) {
      s.planes.reluBackward(out, s.memory, dOut, s.memory, dIn, s.memory);
      s.lap(node, Direction.BACKWARD);
    }
  }
}
