package org.aparanet.engine.cpu.lane;

import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.LaneLayout;
import org.aparanet.model.Network.Node;

/**
 * Batch normalisation with images in the lanes. Between the passes of a slice the calling thread
 * merges the sums of all slices into the {@link Normalization}.
 */
final class LaneBatchNorm extends LaneLayer {
  private final Normalization normalization;

  LaneBatchNorm(Node node, Normalization normalization, LaneLayers layers) {
    super(node, layers, true);
    this.normalization = normalization;
  }

  @Override
  SliceSums sums() {
    return new SliceSums(node);
  }

  @Override
  void run(
      LanePass pass,
      LaneSlice s,
      LanePart p,
      float[] parameters,
      float[] gradient,
      boolean accumulate) {
    switch (pass) {
      case MEASURE -> measure(s, p);
      case MEASURE_GRADIENT -> measureGradient(s, p);
      default -> super.run(pass, s, p, parameters, gradient, accumulate);
    }
  }

  /** Measures the input: mean and squared distances of each channel. */
  private void measure(LaneSlice s, LanePart p) {
    int first = first(p);
    LaneLayout some = p.of(in);
    s.sums(node)
        .measure(
            (double) s.images() * node.input().plane(),
            first,
            first + some.shape().channels(),
            into -> p.planes.sums(some, s.memory, s.images(), first, into),
            (center, into) -> p.planes.squares(some, s.memory, s.images(), first, center, into));
  }

  private int first(LanePart p) {
    return p.from(node.input().channels());
  }

  @Override
  void forward(LaneSlice s, LanePart p, float[] parameters) {
    Normalization n = normalization;
    p.planes.normalize(
        p.of(in), s.memory, p.of(out), s.memory, first(p), n.mean(), n.scale(), n.shift(), relu);
  }

  /** Measures the gradient of the output, after that of its ReLU. */
  private void measureGradient(LaneSlice s, LanePart p) {
    if (relu) {
      reluBackward(s, p);
    }
    int first = first(p);
    LaneLayout some = p.of(in);
    SliceSums own = s.sums(node);
    own.clearGradients(first, first + some.shape().channels());
    p.planes.gradientSums(
        some,
        s.memory,
        p.of(dOut),
        s.memory,
        s.images(),
        first,
        normalization.mean(),
        own.dSums(),
        own.dProducts());
  }

  @Override
  boolean reluApart() {
    return false; // it precedes the sums of the gradient
  }

  @Override
  void backwardInput(LaneSlice s, LanePart p, float[] parameters) {
    Normalization n = normalization;
    p.planes.normalizeBackward(
        p.of(in),
        s.memory,
        p.of(dOut),
        s.memory,
        p.of(dIn),
        s.memory,
        s.images(),
        first(p),
        n.mean(),
        n.dMean(),
        n.dSlope(),
        n.scale());
  }
}
