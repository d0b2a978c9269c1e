package org.aparanet.engine.cpu.scalar;

import java.util.Arrays;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Convolution in plain Java, as products of matrices whose inner loop is over contiguous rows,
 * which the compiler vectorizes.
 */
final class ScalarConvolution extends ScalarLayer {
  private final Patches patches;
  private final ScalarScratch scratch;
  private final int filters;
  private final int weight;
  private final int bias; // -1 without

  ScalarConvolution(Node node, Convolution layer, ScalarLayers layers) {
    super(node, layers);
    patches = new Patches(node, layer);
    filters = layer.filters();
    weight = node.tensors().get(0).offset();
    bias = layer.bias() ? node.tensors().get(1).offset() : -1;
    scratch = layers.scratch();
    scratch.reserve(patches.floats());
  }

  /** filters [F, size] x columns [size, positions] = output [F, positions]. */
  @Override
  void forward(float[] parameters) {
    int positions = patches.positions();
    float[] columns = scratch.patches();
    for (int image = 0; image < slice.images(); image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int f = 0; f < filters; f++) {
        float constant = bias < 0 ? 0f : parameters[bias + f];
        Arrays.fill(output, out + f * positions, out + (f + 1) * positions, constant);
      }
      for (int from = 0; from < positions; from += patches.tile()) {
        int to = Math.min(positions, from + patches.tile());
        patches.columns(input, in, from, to, columns);
        scratch
            .matrices()
            .product(
                filters,
                to - from,
                patches.size(),
                filterMatrix(parameters),
                new Matrix(columns, 0, to - from),
                new Matrix(output, out + from, positions),
                true);
      }
    }
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    backwardFilter(dOutput, gradient, accumulate);
    slice.lap(node, Direction.BACKWARD_FILTER);
    if (passesBack) {
      backwardData(parameters, dOutput, dInput);
      slice.lap(node, Direction.BACKWARD_DATA);
    }
  }

  /** filters^T [size, F] x dOutput [F, positions] = dColumns [size, positions]. */
  private void backwardData(float[] parameters, float[] dOutput, float[] dInput) {
    int positions = patches.positions();
    float[] columns = scratch.patches();
    Arrays.fill(dInput, 0, inputs(), 0f);
    for (int image = 0; image < slice.images(); image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int from = 0; from < positions; from += patches.tile()) {
        int to = Math.min(positions, from + patches.tile());
        scratch
            .matrices()
            .product(
                patches.size(),
                to - from,
                filters,
                filterMatrix(parameters).transposed(),
                new Matrix(dOutput, out + from, positions),
                new Matrix(columns, 0, to - from),
                false);
        patches.addColumns(columns, from, to, dInput, in);
      }
    }
  }

  /** dOutput [F, positions] x columns^T [positions, size] = dFilters [F, size]. */
  private void backwardFilter(float[] dOutput, float[] gradient, boolean accumulate) {
    int positions = patches.positions();
    float[] columns = scratch.patches();
    for (int image = 0; image < slice.images(); image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int from = 0; from < positions; from += patches.tile()) {
        int to = Math.min(positions, from + patches.tile());
        patches.columns(input, in, from, to, columns);
        scratch
            .matrices()
            .productTransposed(
                filters,
                patches.size(),
                to - from,
                new Matrix(dOutput, out + from, positions),
                new Matrix(columns, 0, to - from),
                filterMatrix(gradient),
                accumulate || image > 0 || from > 0);
      }
      if (bias >= 0) {
        for (int f = 0; f < filters; f++) {
          float before = accumulate || image > 0 ? gradient[bias + f] : 0f;
          gradient[bias + f] = before + ScalarMatrix.sum(positions, dOutput, out + f * positions);
        }
      }
    }
  }

  /** Filters in a flat array of parameters or gradients, [F, size]. */
  private Matrix filterMatrix(float[] flat) {
    return new Matrix(flat, weight, patches.size());
  }
}
