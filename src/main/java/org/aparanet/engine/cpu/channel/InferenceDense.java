package org.aparanet.engine.cpu.channel;

import org.aparanet.engine.cpu.vector.InferenceOperations;
import org.aparanet.model.Network.Node;

/** Dense layer of one image with outputs in the lanes, for inference. */
final class InferenceDense extends InferenceLayer {
  private static final int LEAST_PART = 1 << 16; // products that are worth another thread

  private final int row; // length of a row of weights in the parameters
  private final int inputs;
  private final int depth; // outputs padded to whole vectors
  private final int lanes;
  private final int weight;
  private final int bias;
  private float[] weights; // [inputs, depth]

  InferenceDense(Node node, ChannelLayers layers) {
    super(node, layers);
    row = ChannelDense.rowLength(node, layers.memory());
    inputs = in.size();
    depth = out.columnStride();
    lanes = layers.memory().lanes();
    weight = layers.order().weight(node);
    bias = layers.order().bias(node);
  }

  /** Whether a layer has outputs enough. */
  static boolean suits(Node node, int lanes) {
    return node.output().channels() > (InferenceOperations.LEAST_VECTORS - 1) * lanes;
  }

  /** From [outputs, row]. */
  @Override
  void layOut(float[] parameters) {
    weights = new float[Math.multiplyExact(inputs, depth)];
    for (int o = 0; o < node.output().channels(); o++) {
      for (int i = 0; i < inputs; i++) {
        weights[i * depth + o] = parameters[weight + o * row + i];
      }
    }
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    int vectors = depth / lanes;
    int least = InferenceOperations.LEAST_VECTORS;
    boolean worth = (long) inputs * least * lanes >= LEAST_PART;
    int parts = s.team().count() > 1 && worth ? vectors / least : 1;
    s.team()
        .run(
            parts,
            (worker, part) -> {
              int first = vectors * part / parts;
              int end = vectors * (part + 1) / parts;
              s.inference.dense(
                  inputs,
                  depth,
                  first * lanes,
                  end - first,
                  weights,
                  parameters,
                  bias,
                  s.memory,
                  in.at(),
                  out.at());
            });
  }
}
