package org.aparanet.engine.opencl.kernel;

/**
 * Batch normalisation, backward, first half: the gradients of weight and bias, in chunks, one for
 * each work-group. {@link ParameterUpdate} adds them up, and so does {@link BatchNormBackward}.
 *
 * <pre>
 * input, dOutput [N, C, H, W]   mean, variance [C]   partials [chunks, 2, C]
 *
 * partials[k, 0, c] = sum over chunk k of dOutput * (input - mean[c]) / sqrt(variance[c] + EPSILON)
 * partials[k, 1, c] = sum over chunk k of dOutput
 * </pre>
 */
final class BatchNormSums extends BatchNormFunctions {
  float[] input;
  float[] dOutput;
  float[] partials;
  int[] passes;
  int batch;

  @Override
  public void run() {
    for (int workUnit = getGroupId();
        workUnit < normWorkUnits(passes, 0);
        workUnit += getNumGroups()) {
      normSums(input, dOutput, passes, 0, batch, workUnit);
      localBarrier();
      storeNormSums(input, partials, passes, 0, batch, workUnit);
      localBarrier();
    }
  }
}
