package org.aparanet.engine.cpu;

import java.util.Arrays;
import org.aparanet.model.Convolution;
import org.aparanet.model.MaxPool;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.Shape;

/**
 * Every operation in plain Java.
 *
 * <p>Convolutions and dense layers are matrix products whose inner loop runs over contiguous rows,
 * a form that the compiler turns into vector instructions by itself.
 */
final class ScalarOperations implements Operations {
  private final Patches[] patches; // by node, null where the node is no convolution
  private final float[] matrix; // patches of one tile
  private final ScalarMatrix matrices = new ScalarMatrix();

  ScalarOperations(Network network) {
    patches = new Patches[network.nodes().size()];
    int largest = 0;
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Convolution) {
        Patches own = new Patches(node);
        patches[node.index()] = own;
        largest = Math.max(largest, own.size() * own.tile());
      }
    }
    matrix = new float[largest];
  }

  @Override
  public void convolutionForward(
      Node node, int images, float[] input, float[] parameters, float[] output) {
    // filters [F, size] x columns [size, positions] = output [F, positions]
    Patches patch = patches[node.index()];
    int filters = node.output().channels();
    int positions = patch.positions();
    boolean bias = node.tensors().size() > 1;
    for (int image = 0; image < images; image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int f = 0; f < filters; f++) {
        float constant = bias ? parameters[node.tensors().get(1).offset() + f] : 0f;
        Arrays.fill(output, out + f * positions, out + (f + 1) * positions, constant);
      }
      for (int from = 0; from < positions; from += patch.tile()) {
        int to = Math.min(positions, from + patch.tile());
        patch.columns(input, in, from, to, matrix);
        matrices.product(
            filters,
            to - from,
            patch.size(),
            filterMatrix(node, parameters),
            new Matrix(matrix, 0, to - from),
            new Matrix(output, out + from, positions),
            true);
      }
    }
  }

  @Override
  public void convolutionBackwardData(
      Node node, int images, float[] dOutput, float[] parameters, float[] dInput) {
    // filters^T [size, F] x dOutput [F, positions] = dColumns [size, positions]
    Patches patch = patches[node.index()];
    int filters = node.output().channels();
    int positions = patch.positions();
    Arrays.fill(dInput, 0, images * node.input().size(), 0f);
    for (int image = 0; image < images; image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int from = 0; from < positions; from += patch.tile()) {
        int to = Math.min(positions, from + patch.tile());
        matrices.product(
            patch.size(),
            to - from,
            filters,
            filterMatrix(node, parameters).transposed(),
            new Matrix(dOutput, out + from, positions),
            new Matrix(matrix, 0, to - from),
            false);
        patch.addColumns(matrix, from, to, dInput, in);
      }
    }
  }

  @Override
  public void convolutionBackwardFilter(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate) {
    // dOutput [F, positions] x columns^T [positions, size] = dFilters [F, size]
    Patches patch = patches[node.index()];
    int filters = node.output().channels();
    int positions = patch.positions();
    for (int image = 0; image < images; image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int from = 0; from < positions; from += patch.tile()) {
        int to = Math.min(positions, from + patch.tile());
        patch.columns(input, in, from, to, matrix);
        matrices.productTransposed(
            filters,
            patch.size(),
            to - from,
            new Matrix(dOutput, out + from, positions),
            new Matrix(matrix, 0, to - from),
            filterMatrix(node, gradient),
            accumulate || image > 0 || from > 0);
      }
      if (node.tensors().size() > 1) {
        int bias = node.tensors().get(1).offset();
        for (int f = 0; f < filters; f++) {
          float before = accumulate || image > 0 ? gradient[bias + f] : 0f;
          gradient[bias + f] = before + ScalarMatrix.sum(positions, dOutput, out + f * positions);
        }
      }
    }
  }

  /** The filters in a flat array of parameters or gradients, [F, size]. */
  private Matrix filterMatrix(Node node, float[] flat) {
    return new Matrix(flat, node.tensors().get(0).offset(), patches[node.index()].size());
  }

  @Override
  public void maxPoolForward(Node node, int images, float[] input, float[] output, int[] argmax) {
    MaxPool layer = (MaxPool) node.layer();
    Shape in = node.input();
    Shape out = node.output();
    int target = 0;
    for (int plane = 0; plane < images * in.channels(); plane++) {
      for (int y = 0; y < out.height(); y++) {
        int corner = plane * in.plane() + y * layer.stride() * in.width();
        for (int x = 0; x < out.width(); x++) {
          int best = firstMaximum(input, corner + x * layer.stride(), layer.size(), in.width());
          output[target] = input[best];
          argmax[target++] = best;
        }
      }
    }
  }

  /** Index of the first maximum of a square window in row-major order. */
  private static int firstMaximum(float[] input, int corner, int size, int width) {
    int best = corner;
    float maximum = input[corner];
    for (int row = corner; row < corner + size * width; row += width) {
      for (int i = row; i < row + size; i++) {
        if (input[i] > maximum || input[i] != input[i]) { // a NaN must not hide
          maximum = input[i];
          best = i;
        }
      }
    }
    return best;
  }

  @Override
  public void maxPoolBackward(
      Node node, int images, float[] dOutput, int[] argmax, float[] dInput) {
    Arrays.fill(dInput, 0, images * node.input().size(), 0f);
    int count = images * node.output().size();
    for (int i = 0; i < count; i++) {
      dInput[argmax[i]] += dOutput[i];
    }
  }

  @Override
  public void denseForward(
      Node node, int images, float[] input, float[] parameters, float[] output) {
    // input [images, in] x weights^T [in, out] = output [images, out]
    int inputs = node.input().size();
    int outputs = node.output().size();
    int bias = node.tensors().get(1).offset();
    for (int image = 0; image < images; image++) {
      System.arraycopy(parameters, bias, output, image * outputs, outputs);
    }
    matrices.productTransposed(
        images,
        outputs,
        inputs,
        new Matrix(input, 0, inputs),
        new Matrix(parameters, node.tensors().get(0).offset(), inputs),
        new Matrix(output, 0, outputs),
        true);
  }

  @Override
  public void denseBackwardData(
      Node node, int images, float[] dOutput, float[] parameters, float[] dInput) {
    // dOutput [images, out] x weights [out, in] = dInput [images, in]
    int inputs = node.input().size();
    int outputs = node.output().size();
    matrices.product(
        images,
        inputs,
        outputs,
        new Matrix(dOutput, 0, outputs),
        new Matrix(parameters, node.tensors().get(0).offset(), inputs),
        new Matrix(dInput, 0, inputs),
        false);
  }

  @Override
  public void denseBackwardWeights(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate) {
    // dOutput^T [out, images] x input [images, in] = dWeights [out, in]
    int inputs = node.input().size();
    int outputs = node.output().size();
    matrices.product(
        outputs,
        inputs,
        images,
        new Matrix(dOutput, 0, outputs).transposed(),
        new Matrix(input, 0, inputs),
        new Matrix(gradient, node.tensors().get(0).offset(), inputs),
        accumulate);
    int bias = node.tensors().get(1).offset();
    for (int o = 0; o < outputs; o++) {
      float sum = accumulate ? gradient[bias + o] : 0f;
      for (int image = 0; image < images; image++) {
        sum += dOutput[image * outputs + o];
      }
      gradient[bias + o] = sum;
    }
  }

  @Override
  public void reluForward(int count, float[] values) {
    for (int i = 0; i < count; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  public void reluBackward(int count, float[] output, float[] gradient) {
    for (int i = 0; i < count; i++) {
      gradient[i] = output[i] > 0f ? gradient[i] : 0f;
    }
  }

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    for (int i = from; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    for (int i = from; i < to; i++) {
      parameters[i] -= learningRate * gradient[i];
    }
  }
}
