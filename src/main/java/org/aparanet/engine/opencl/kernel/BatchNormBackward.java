package org.aparanet.engine.opencl.kernel;

/**
 * Batch normalisation, backward, second half: the gradient of the input, also through mean and
 * variance.
 *
 * <pre>
 * input, dOutput, dInput [N, C, H, W]   mean, variance, weight [C]   partials [chunks, 2, C]
 *
 * normalized = (input - mean[c]) / sqrt(variance[c] + EPSILON)
 * dInput     = weight[c] / sqrt(variance[c] + EPSILON)
 *              * (dOutput - dBias[c] / (N H W) - normalized * dWeight[c] / (N H W))
 * </pre>
 *
 * <p>Behind a ReLU the gradient is 0 where the input is not positive.
 */
final class BatchNormBackward extends BatchNormFunctions {
  float[] input;
  float[] parameters;
  float[] dOutput;
  float[] dInput;
  float[] partials;
  int[] passes;
  int batch;

  @Override
  public void run() {
    batchNormBackward(input, parameters, dOutput, dInput, partials, passes, 0, batch);
  }
}
