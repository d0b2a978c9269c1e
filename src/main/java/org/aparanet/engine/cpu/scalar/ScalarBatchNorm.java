package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.vector.PlaneOperations;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Batch normalisation in plain Java. Between the passes of a slice the calling thread merges the
 * sums of all slices into the {@link Normalization}.
 */
final class ScalarBatchNorm extends ScalarLayer {
  private final PlaneOperations planes;
  private final Normalization normalization;
  private final SliceSums sums;

  ScalarBatchNorm(Node node, Normalization normalization, ScalarLayers layers) {
    super(node, layers);
    planes = layers.planes();
    this.normalization = normalization;
    sums = new SliceSums(node);
  }

  SliceSums sums() {
    return sums;
  }

  /** Measures the input: mean and squared distances of each channel. */
  void measure() {
    sums.measure(
        (double) slice.images() * node.input().plane(),
        0,
        node.input().channels(),
        into -> {
          for (int row = 0; row < slice.images(); row++) {
            planes.sums(in(row), input, 1, 0, into);
          }
        },
        (center, into) -> {
          for (int row = 0; row < slice.images(); row++) {
            planes.squares(in(row), input, 1, 0, center, into);
          }
        });
    slice.lap(node, Direction.FORWARD);
  }

  @Override
  void forward(float[] parameters) {
    Normalization n = normalization;
    for (int row = 0; row < slice.images(); row++) {
      planes.normalize(in(row), input, out(row), output, 0, n.mean(), n.scale(), n.shift(), false);
    }
  }

  /** Measures the gradient of the output. */
  void measureGradient(float[] dOutput) {
    sums.clearGradients(0, node.input().channels());
    double[] gradients = sums.dSums();
    double[] products = sums.dProducts();
    float[] mean = normalization.mean();
    for (int row = 0; row < slice.images(); row++) {
      planes.gradientSums(in(row), input, out(row), dOutput, 1, 0, mean, gradients, products);
    }
    slice.lap(node, Direction.BACKWARD);
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    if (!passesBack) {
      return; // the gradients of weights and biases follow from the measured sums
    }
    Normalization n = normalization;
    for (int row = 0; row < slice.images(); row++) {
      planes.normalizeBackward(
          in(row),
          input,
          out(row),
          dOutput,
          in(row),
          dInput,
          1,
          0,
          n.mean(),
          n.dMean(),
          n.dSlope(),
          n.scale());
    }
    slice.lap(node, Direction.BACKWARD);
  }
}
