package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.slice.Slice;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.cpu.vector.LaneOperations;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.engine.cpu.vector.PatchTransforms;
import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.cpu.vector.WinogradGradient;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.model.Network.Node;

/**
 * Slice with one image in each lane of the vectors, with the memory and arithmetic of its thread,
 * and what layers keep from the forward to the backward pass.
 */
final class LaneSlice extends Slice {

  /** Activations and their gradients, laid out by {@link LaneMemory}. */
  final float[] memory;

  final LaneOperations operations = LaneSupport.operations();
  final PlaneOperations planes = LaneSupport.planeOperations();
  final PatchTransforms transforms = LaneSupport.patchTransforms();

  /** Scratch of {@link WinogradGradient}. */
  final float[] filterScratch;

  private final float[][] kept; // by node
  private final SliceSums[] sums; // by node, null where it is no batch normalisation

  LaneSlice(LaneLayers layers) {
    memory = HumongousArrays.floats(layers.memory().size());
    filterScratch = new float[layers.filterScratch()];
    kept = new float[layers.all().size()][];
    sums = new SliceSums[kept.length];
    for (LaneLayer layer : layers.all()) {
      kept[layer.node.index()] = new float[layer.kept()];
      sums[layer.node.index()] = layer.sums();
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
