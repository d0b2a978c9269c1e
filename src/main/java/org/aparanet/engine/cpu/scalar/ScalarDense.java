package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/** Dense layer in plain Java, as products of matrices. */
final class ScalarDense extends ScalarLayer {
  private final ScalarMatrix matrices;
  private final int inputs; // of one image
  private final int outputs; // of one image
  private final int weight;
  private final int bias;

  ScalarDense(Node node, ScalarLayers layers) {
    super(node, layers);
    matrices = layers.scratch().matrices();
    inputs = node.input().size();
    outputs = node.output().size();
    weight = node.tensors().get(0).offset();
    bias = node.tensors().get(1).offset();
  }

  /** input [images, in] x weights^T [in, out] = output [images, out]. */
  @Override
  void forward(float[] parameters) {
    for (int image = 0; image < slice.images(); image++) {
      System.arraycopy(parameters, bias, output, image * outputs, outputs);
    }
    matrices.productTransposed(
        slice.images(),
        outputs,
        inputs,
        new Matrix(input, 0, inputs),
        new Matrix(parameters, weight, inputs),
        new Matrix(output, 0, outputs),
        true);
  }

  @Override
  void backward(
      float[] parameters, float[] dOutput, float[] dInput, float[] gradient, boolean accumulate) {
    backwardWeights(dOutput, gradient, accumulate);
    slice.lap(node, Direction.BACKWARD_FILTER);
    if (passesBack) {
      backwardData(parameters, dOutput, dInput);
      slice.lap(node, Direction.BACKWARD_DATA);
    }
  }

  /** dOutput [images, out] x weights [out, in] = dInput [images, in]. */
  private void backwardData(float[] parameters, float[] dOutput, float[] dInput) {
    matrices.product(
        slice.images(),
        inputs,
        outputs,
        new Matrix(dOutput, 0, outputs),
        new Matrix(parameters, weight, inputs),
        new Matrix(dInput, 0, inputs),
        false);
  }

  /** dOutput^T [out, images] x input [images, in] = dWeights [out, in]. */
  private void backwardWeights(float[] dOutput, float[] gradient, boolean accumulate) {
    int images = slice.images();
    matrices.product(
        outputs,
        inputs,
        images,
        new Matrix(dOutput, 0, outputs).transposed(),
        new Matrix(input, 0, inputs),
        new Matrix(gradient, weight, inputs),
        accumulate);
    for (int o = 0; o < outputs; o++) {
      float sum = accumulate ? gradient[bias + o] : 0f;
      for (int image = 0; image < images; image++) {
        sum += dOutput[image * outputs + o];
      }
      gradient[bias + o] = sum;
    }
  }
}
