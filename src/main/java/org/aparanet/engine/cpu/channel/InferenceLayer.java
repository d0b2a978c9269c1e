package org.aparanet.engine.cpu.channel;

import org.aparanet.model.Network.Node;

/** Layer that is for inference alone, with parameters in a layout of its own. */
abstract class InferenceLayer extends ChannelLayer {
  InferenceLayer(Node node, ChannelLayers layers) {
    super(node, layers);
  }

  /** Lays the parameters out, once they are known. */
  abstract void layOut(float[] parameters);

  @Override
  final void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    throw new IllegalStateException(node.layer().label() + " is laid out for inference");
  }
}
