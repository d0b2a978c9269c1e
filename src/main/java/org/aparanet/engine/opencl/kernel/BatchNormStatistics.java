package org.aparanet.engine.opencl.kernel;

/**
 * Batch normalisation, forward in training, first half: mean and squared deviations of each
 * channel, in chunks, one for each work-group.
 *
 * <pre>
 * input [N, C, H, W]   partials [chunks, 2, C]
 *
 * partials[k, 1, c] = mean over the elements of channel c in chunk k
 * partials[k, 0, c] = sum over them of (element - that mean)^2
 * </pre>
 *
 * <p>The squares are of deviations from the mean: the difference between a mean of squares and a
 * square of a mean would suffer from cancellation.
 */
final class BatchNormStatistics extends BatchNormFunctions {
  float[] input;
  float[] partials;
  int[] passes;
  int batch;

  @Override
  public void run() {
    for (int workUnit = getGroupId();
        workUnit < normWorkUnits(passes, 0);
        workUnit += getNumGroups()) {
      normSums(input, input, passes, 0, batch, workUnit);
      localBarrier();
      storeNormSums(input, partials, passes, 0, batch, workUnit);
      localBarrier();
    }
  }
}
