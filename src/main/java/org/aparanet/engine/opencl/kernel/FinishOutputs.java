package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Second stage of a forward product whose sums were divided into chunks: their sum, in order, with
 * bias and ReLU.
 *
 * <pre>
 * partials [chunks, N, F, OH, OW]   bias [F]   output [N, F, OH, OW]
 * </pre>
 */
final class FinishOutputs extends Kernel {
  float[] partials;
  float[] parameters;
  float[] output;
  int[] passes;
  int batch;

  @Override
  public void run() {
    finishOutputs(partials, parameters, output, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  static void finishOutputs(
      float[] partials,
      float[] parameters,
      float[] output,
      int[] passes,
      int row,
      int batch,
      int item,
      int items) {
    int outputs = batch * passes[row + Pass.ROWS] * passes[row + Pass.COLUMNS];
    for (int element = item; element < outputs; element += items) {
      finishOutput(partials, parameters, output, passes, row, element);
    }
  }

  static void finishOutput(
      float[] partials, float[] parameters, float[] output, int[] passes, int row, int element) {
    float sum = UpdateFunctions.chunkSum(partials, passes, row, element);
    int filter = element / passes[row + Pass.COLUMNS] % passes[row + Pass.ROWS];
    output[passes[row + Pass.OUTPUT] + element] =
        ConvolutionForward.activation(parameters, passes, row, filter, sum);
  }
}
