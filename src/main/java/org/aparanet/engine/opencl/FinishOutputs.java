package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * The second stage of a forward product whose sums were cut into chunks: adds them up, in their
 * order, with the bias, and applies the ReLU.
 *
 * <pre>
 * partials [chunks, N, F, OH, OW]   bias [F]   output [N, F, OH, OW]
 * </pre>
 */
public final class FinishOutputs extends Kernel {
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
    int plane = passes[row + Pass.COLUMNS];
    int filters = passes[row + Pass.ROWS];
    for (int element = item; element < batch * filters * plane; element += items) {
      float sum = 0f;
      for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
        sum +=
            partials[
                passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE] + element];
      }
      output[passes[row + Pass.OUTPUT] + element] =
          ConvolutionForward.activation(parameters, passes, row, element / plane % filters, sum);
    }
  }
}
