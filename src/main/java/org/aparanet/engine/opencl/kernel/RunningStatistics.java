package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import org.aparanet.model.BatchNorm;

/**
 * Update of the running statistics of batch normalisation, in the pass that updates the parameters,
 * so that a refused step changes neither.
 *
 * <pre>
 * statistics [2, C] mean and variance of the batch   running mean and variance [C]
 *
 * running += MOMENTUM * (statistics - running), the variance being that of a sample
 * </pre>
 */
final class RunningStatistics extends Kernel {
  float[] statistics;
  float[] parameters;
  int[] passes;
  int batch;

  @Override
  public void run() {
    moveStatistics(statistics, parameters, passes, 0, batch, getGlobalId(), getGlobalSize());
  }

  /**
   * Updates the statistics of a pass's rows, one for each layer; those of other layers have none.
   */
  static void moveStatistics(
      float[] statistics,
      float[] parameters,
      int[] passes,
      int firstRow,
      int batch,
      int item,
      int items) {
    int row = firstRow;
    int more = 1;
    while (more == 1) {
      int channels = 0;
      if (passes[row + Pass.RUNNING_MEAN] != Pass.NONE) {
        channels = passes[row + Pass.CHANNELS];
      }
      int count = batch * passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
      float sample = 1f;
      if (count > 1) {
        sample = count / (count - 1f);
      }
      for (int channel = item; channel < channels; channel += items) {
        int from = passes[row + Pass.STATISTICS] + channel;
        int mean = passes[row + Pass.RUNNING_MEAN] + channel;
        int variance = passes[row + Pass.RUNNING_VARIANCE] + channel;
        parameters[mean] += BatchNorm.MOMENTUM * (statistics[from] - parameters[mean]);
        parameters[variance] +=
            BatchNorm.MOMENTUM * (sample * statistics[from + channels] - parameters[variance]);
      }
      more = passes[row + Pass.CONTINUED];
      row += Pass.LENGTH;
    }
  }
}
