package org.aparanet.engine.cpu.channel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.vector.ChannelOperations;
import org.aparanet.engine.cpu.vector.InferenceOperations;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.LaneOperations;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.model.Network.Node;

/**
 * Slice of one image with neighbouring channels in the lanes, with the memory, arithmetic and
 * scratch of its thread.
 */
final class ChannelSlice extends Slice {

  private static final int MOST_WORKERS = 1024;

  /** Activations and their gradients, laid out by {@link LaneMemory}. */
  final float[] memory;

  final ChannelOperations channels = LaneSupport.channelOperations();

  /** Arithmetic that does not mix lanes, and so does not depend on their content. */
  final LaneOperations vectors = LaneSupport.operations();

  final InferenceOperations inference = LaneSupport.inferenceOperations();

  private final float[][] kept; // by node
  private final AtomicReferenceArray<float[]> scratch; // by worker

  ChannelSlice(ChannelLayers layers) {
    scratch = new AtomicReferenceArray<>(MOST_WORKERS);
    memory = HumongousArrays.floats(layers.memory().size());
    kept = new float[layers.all().size()][];
    for (ChannelLayer layer : layers.all()) {
      kept[layer.node.index()] = new float[layer.kept()];
    }
  }

  /** Scratch of a worker of the team, at least so many floats. */
  float[] scratch(int worker, int floats) {
    float[] own = scratch.get(worker);
    if (own == null || own.length < floats) {
      own = new float[floats];
      scratch.set(worker, own);
    }
    return own;
  }

  /** Scratch of a layer alone: positions of maxima, or turned filters. */
  float[] kept(Node node) {
    return kept[node.index()];
  }
}
