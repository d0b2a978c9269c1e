package org.aparanet.engine.cpu.channel;

import org.aparanet.engine.cpu.vector.ChannelTiles;
import org.aparanet.engine.cpu.vector.Winograd;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/** Convolution of 3x3 filters of one image by {@link Winograd}, for inference. */
final class InferenceConvolution extends InferenceLayer {
  private final ChannelTiles tiles;
  private final int weight;
  private float[] filters; // [16, inputs, outputs padded to whole vectors]

  InferenceConvolution(Node node, Convolution layer, ChannelLayers layers) {
    super(node, layers);
    weight = layers.order().weight(node);
    tiles = ChannelTiles.of(node, layer, in, out, layers.order().bias(node));
  }

  /** From [inputs, 3, 3, outputs padded to whole vectors]. */
  @Override
  void layOut(float[] parameters) {
    int depth = tiles.outColumn();
    int pairs = Math.multiplyExact(tiles.inputs(), depth);
    float[] ordered = new float[Math.multiplyExact(9, pairs)];
    for (int c = 0; c < tiles.inputs(); c++) {
      for (int k = 0; k < 9; k++) {
        for (int f = 0; f < tiles.outputs(); f++) {
          ordered[9 * (c * depth + f) + k] = parameters[weight + (c * 9 + k) * depth + f];
        }
      }
    }
    filters = new float[Math.multiplyExact(Winograd.PLACES, pairs)];
    Winograd.transformFilters(pairs, ordered, 0, filters, pairs);
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    s.team()
        .run(
            tiles.blocks(),
            (worker, block) ->
                s.inference.convolve(
                    tiles,
                    block,
                    filters,
                    parameters,
                    s.memory,
                    s.scratch(worker, tiles.scratch())));
  }
}
