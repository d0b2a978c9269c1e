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
        ScalarMatrix.addProduct(
            filters,
            to - from,
            patch.size(),
            parameters,
            node.tensors().get(0).offset(),
            patch.size(),
            1,
            matrix,
            0,
            to - from,
            output,
            out + from,
            positions);
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
        Arrays.fill(matrix, 0, patch.size() * (to - from), 0f);
        ScalarMatrix.addProduct(
            patch.size(),
            to - from,
            filters,
            parameters,
            node.tensors().get(0).offset(),
            1,
            patch.size(),
            dOutput,
            out + from,
            positions,
            matrix,
            0,
            to - from);
        patch.addColumns(matrix, from, to, dInput, in);
      }
    }
  }

  @Override
  public void convolutionBackwardFilter(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate) {
    // dOutput [F, positions] x rows [positions, size] = dFilters [F, size]
    Patches patch = patches[node.index()];
    int filters = node.output().channels();
    int positions = patch.positions();
    if (!accumulate) {
      clear(node, gradient);
    }
    for (int image = 0; image < images; image++) {
      int in = image * node.input().size();
      int out = image * node.output().size();
      for (int from = 0; from < positions; from += patch.tile()) {
        int to = Math.min(positions, from + patch.tile());
        patch.rows(input, in, from, to, matrix);
        ScalarMatrix.addProduct(
            filters,
            patch.size(),
            to - from,
            dOutput,
            out + from,
            positions,
            1,
            matrix,
            0,
            patch.size(),
            gradient,
            node.tensors().get(0).offset(),
            patch.size());
      }
      if (node.tensors().size() > 1) {
        int bias = node.tensors().get(1).offset();
        for (int f = 0; f < filters; f++) {
          gradient[bias + f] += ScalarMatrix.sum(positions, dOutput, out + f * positions);
        }
      }
    }
  }

  private static void clear(Node node, float[] gradient) {
    for (Network.Tensor tensor : node.tensors()) {
      Arrays.fill(gradient, tensor.offset(), tensor.offset() + tensor.size(), 0f);
    }
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
        if (input[i] > maximum) {
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
    int inputs = node.input().size();
    int outputs = node.output().size();
    int weights = node.tensors().get(0).offset();
    int bias = node.tensors().get(1).offset();
    // a row of weights serves all images while it is in the cache
    for (int o = 0; o < outputs; o++) {
      for (int image = 0; image < images; image++) {
        output[image * outputs + o] =
            parameters[bias + o]
                + ScalarMatrix.dot(inputs, parameters, weights + o * inputs, input, image * inputs);
      }
    }
  }

  @Override
  public void denseBackwardData(
      Node node, int images, float[] dOutput, float[] parameters, float[] dInput) {
    // dOutput [images, out] x weights [out, in] = dInput [images, in]
    int inputs = node.input().size();
    int outputs = node.output().size();
    Arrays.fill(dInput, 0, images * inputs, 0f);
    ScalarMatrix.addProduct(
        images,
        inputs,
        outputs,
        dOutput,
        0,
        outputs,
        1,
        parameters,
        node.tensors().get(0).offset(),
        inputs,
        dInput,
        0,
        inputs);
  }

  @Override
  public void denseBackwardWeights(
      Node node, int images, float[] input, float[] dOutput, float[] gradient, boolean accumulate) {
    // dOutput^T [out, images] x input [images, in] = dWeights [out, in]
    int inputs = node.input().size();
    int outputs = node.output().size();
    int weights = node.tensors().get(0).offset();
    int bias = node.tensors().get(1).offset();
    for (int o = 0; o < outputs; o++) {
      int row = weights + o * inputs;
      float sum = accumulate ? gradient[bias + o] : 0f;
      if (!accumulate) {
        Arrays.fill(gradient, row, row + inputs, 0f); // row by row: it stays in the cache
      }
      ScalarMatrix.addProduct(
          1, inputs, images, dOutput, o, 0, outputs, input, 0, inputs, gradient, row, 0);
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
