package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.vector.Correlation;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Convolution with images in the lanes: what {@link LaneDirectConvolution}, by sums of products,
 * and {@link LaneWinogradConvolution} share.
 */
abstract class LaneConvolution extends LaneLayer {

  /** Tables of the outputs as sums of products. */
  final Correlation outputs;

  /** Positions of the gradients of the first output channel. */
  final int[] gradients;

  /** Parts into which the passes are divided; 1 where they are left whole. */
  final int parts;

  /** Floats of a vector. */
  final int lanes;

  LaneConvolution(Node node, Convolution layer, LaneLayers layers) {
    super(node, layers, true);
    outputs = Correlation.forward(node, layer, in, out);
    gradients = dOut.planeIndices();
    parts = divided ? layers.parts() : 1;
    lanes = layers.memory().lanes();
  }

  /**
   * Output channels that a part of the filters' gradient takes together, where its lanes are output
   * channels: pairs of vectors, which share what they load, if that leaves work for half of the
   * parts.
   */
  final int blockOfOutputs() {
    return node.output().channels() >= lanes * parts ? 2 * lanes : lanes;
  }

  /** Number of these blocks. */
  final int blocksOfOutputs() {
    return (node.output().channels() - 1) / blockOfOutputs() + 1;
  }

  /** First output channel of a part that takes whole blocks. */
  final int firstOutput(int part) {
    int first = blocksOfOutputs() * part / parts * blockOfOutputs();
    return Math.min(node.output().channels(), first);
  }

  /** Filters packed for the tiles. */
  abstract FilterPanels panels();

  @Override
  final boolean learns() {
    return true;
  }

  /** Max-pool that is fused into this layer; null where there is none. */
  Node pool() {
    return null;
  }

  /**
   * Whether the gradient of the filters is computed through the pool, from the gradient of its
   * maxima: where nothing else needs the gradient of this layer's output.
   */
  final boolean poolsGradient() {
    return pool() != null && !passesBack;
  }

  /** Floats of scratch that a part of the gradient of the filters needs. */
  int filterScratch(int part) {
    return 0;
  }

  /** Floats that the gradient of the filters makes beside that, in each part's first step. */
  int packedGradients() {
    return 0;
  }

  /** Gradient of a part's biases alone. */
  final void biasGradient(LaneSlice s, LanePart p, float[] gradient, boolean accumulate) {
    int from = p.from(outputs.outputs());
    int to = p.to(outputs.outputs());
    p.operations.biasGradient(
        outputs, gradients, dOut.planeStride(), from, to, s.memory, gradient, accumulate);
  }

  /** Whether the layer has a bias. */
  final boolean bias() {
    return outputs.bias() >= 0;
  }
}
