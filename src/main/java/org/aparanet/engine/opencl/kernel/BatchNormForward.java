package org.aparanet.engine.opencl.kernel;

/**
 * Batch normalisation, forward, with the ReLU behind it.
 *
 * <pre>
 * input [N, C, H, W]   partials [chunks, 2, C]   weight, bias, running mean and variance [C]
 * output [N, C, H, W]   and in training, behind it, the mean and variance used [2, C]
 *
 * output[n, c, y, x] = (input[n, c, y, x] - mean[c]) / sqrt(variance[c] + EPSILON) * weight[c] + bias[c]
 * </pre>
 *
 * <p>In training mean and variance are combined from the chunks of {@link BatchNormStatistics}; in
 * inference they are the running ones.
 */
final class BatchNormForward extends BatchNormFunctions {
  float[] input;
  float[] parameters;
  float[] output;
  float[] partials;
  int[] passes;
  int batch;

  @Override
  public void run() {
    batchNormForward(input, parameters, output, partials, passes, 0, batch);
  }
}
