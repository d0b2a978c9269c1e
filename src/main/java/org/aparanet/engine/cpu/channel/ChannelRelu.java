package org.aparanet.engine.cpu.channel;

import org.aparanet.model.Network.Node;

/**
 * A ReLU of one image, in place. Behind another layer it is part of that layer; of the image it has
 * a forward pass alone.
 */
final class ChannelRelu extends ChannelLayer {
  private final boolean ofImage;

  ChannelRelu(Node node, ChannelLayers layers) {
    super(node, layers);
    ofImage = layers.fusion().reluOfImage(node);
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    if (ofImage) {
      s.vectors.relu(out.size(), s.memory, out.at());
    }
  }

  @Override
  void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    // done by the layer before
  }
}
