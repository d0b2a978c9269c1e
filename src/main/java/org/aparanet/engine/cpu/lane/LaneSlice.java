package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.model.Network.Node;

/**
 * Slice with one image in each lane of the vectors: its memory, the parts into which its work is
 * divided, and what layers keep from the forward to the backward pass.
 */
final class LaneSlice extends Slice {

  /** Activations and their gradients, laid out by {@link LaneMemory}. */
  final float[] memory;

  /** All of the work, for layers that are not divided. */
  final LanePart whole;

  private final LanePart[] parts; // of layers that are divided
  private final float[][] kept; // by node
  private final SliceSums[] sums; // by node, null where it is no batch normalisation

  /** Slice whose work is divided into the layers' parts. */
  LaneSlice(LaneLayers layers) {
    this(layers, layers.parts(), layers.memory().size(), true);
  }

  /**
   * @param count of parts
   * @param floats of memory, with scratch for so many parts
   * @param learns whether there is a backward pass, which needs what layers keep and scratch for
   *     the gradients of filters
   */
  private LaneSlice(LaneLayers layers, int count, int floats, boolean learns) {
    memory = HumongousArrays.floats(floats);
    whole = new LanePart(0, 1, learns ? layers.filterScratch(false, 0) : 0);
    parts = new LanePart[count];
    for (int i = 0; i < count; i++) {
      parts[i] =
          count == 1 ? whole : new LanePart(i, count, learns ? layers.filterScratch(true, i) : 0);
    }
    kept = new float[layers.all().size()][];
    sums = new SliceSums[kept.length];
    for (LaneLayer layer : layers.all()) {
      kept[layer.node.index()] = new float[learns ? layer.kept() : 0];
      sums[layer.node.index()] = layer.sums();
    }
  }

  /**
   * Slice for inference.
   *
   * @param shared whether several threads compute it, rather than one
   */
  static LaneSlice forInference(LaneLayers layers, boolean shared) {
    return shared
        ? new LaneSlice(layers, layers.parts(), layers.memory().size(), false)
        : new LaneSlice(layers, 1, layers.memory().undividedSize(), false);
  }

  /**
   * Runs a pass of a layer, in parts on all threads of the slice where that is worth it.
   *
   * @param parameters of all layers
   * @param gradient of all parameters
   * @param accumulate whether to add to what the gradient holds, or to replace it
   */
  void run(
      LanePass pass, LaneLayer layer, float[] parameters, float[] gradient, boolean accumulate) {
    if (layer.divided && parts.length > 1) {
      team()
          .run(
              parts.length,
              (worker, part) ->
                  layer.run(pass, this, parts[part], parameters, gradient, accumulate));
    } else {
      layer.run(pass, this, whole, parameters, gradient, accumulate);
    }
  }

  /** Elements that a layer keeps: positions of maxima, or the factors of dropout. */
  float[] kept(Node node) {
    return kept[node.index()];
  }

  /** Sums of a batch normalisation over this slice. */
  SliceSums sums(Node node) {
    return sums[node.index()];
  }
}
