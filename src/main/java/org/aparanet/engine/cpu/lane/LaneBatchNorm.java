package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Batch normalisation with images in the lanes. Between the passes of a slice the calling thread
 * merges the sums of all slices into the {@link Normalization}.
 */
final class LaneBatchNorm extends LaneLayer {
  private final Normalization normalization;

  LaneBatchNorm(Node node, Normalization normalization, LaneLayers layers) {
    super(node, layers);
    this.normalization = normalization;
  }

  @Override
  SliceSums sums() {
    return new SliceSums(node);
  }

  /** Measures the input: mean and squared distances of each channel. */
  void measure(LaneSlice s) {
    s.sums(node)
        .measure(
            (double) s.images() * node.input().plane(),
            into -> s.planes.sums(in, s.memory, s.images(), into),
            (center, into) -> s.planes.squares(in, s.memory, s.images(), center, into));
    s.lap(node, Direction.FORWARD);
  }

  @Override
  void forward(LaneSlice s, float[] parameters) {
    Normalization n = normalization;
    s.planes.normalize(in, s.memory, out, s.memory, n.mean(), n.scale(), n.shift(), relu);
  }

  /** Measures the gradient of the output, that of its ReLU taken before. */
  void measureGradient(LaneSlice s) {
    reluBackward(s);
    SliceSums own = s.sums(node);
    s.planes.gradientSums(
        in,
        s.memory,
        dOut,
        s.memory,
        s.images(),
        normalization.mean(),
        own.clearedSums(),
        own.clearedProducts());
    s.lap(node, Direction.BACKWARD);
  }

  @Override
  void backward(LaneSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return; // the gradients of weights and biases follow from the measured sums
    }
    Normalization n = normalization;
    s.planes.normalizeBackward(
        in,
        s.memory,
        dOut,
        s.memory,
        dIn,
        s.memory,
        s.images(),
        n.mean(),
        n.dMean(),
        n.dSlope(),
        n.scale());
    s.lap(node, Direction.BACKWARD);
  }
}
