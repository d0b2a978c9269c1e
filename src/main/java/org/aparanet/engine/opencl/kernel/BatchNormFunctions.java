package org.aparanet.engine.opencl.kernel;

import org.aparanet.model.BatchNorm;

/**
 * Device functions of batch normalisation, for the {@code BatchNorm...} kernels and {@link
 * TrainingKernel}. A superclass, because static functions cannot use work-groups and local memory.
 *
 * <p>The elements of a channel, over all images of the batch, are divided into chunks of a
 * work-group each. The chunks' sums are in {@code partials [chunks, 2, C]}; the next pass adds them
 * up in the chunks' order.
 */
abstract class BatchNormFunctions extends UpdateFunctions {
  /** Work-items of a work-group. */
  public static final int GROUP = 128;

  /** Elements of {@link #slab}: 32 sums of each work-item, or a slab. */
  static final int SLAB_ROOM = 4128;

  /**
   * Local memory: a slab of a product's right operand, and then the work-items' sums [32, GROUP]
   * before they are stored. Batch normalisation has two sums of each work-item [2, GROUP].
   */
  @Local final float[] slab = new float[SLAB_ROOM];

  /** Number of a chunk's first element in its channel. */
  static int chunkStart(int[] passes, int row, int batch, int chunk) {
    int count = batch * channelPlane(passes, row);
    int chunks = passes[row + Pass.CHUNKS];
    int start = (count + chunks - 1) / chunks * chunk;
    if (start > count) {
      start = count;
    }
    return start;
  }

  /** Elements of a channel in one image. */
  static int channelPlane(int[] passes, int row) {
    return passes[row + Pass.HEIGHT] * passes[row + Pass.WIDTH];
  }

  /** Offset of a channel's element in a tensor [N, C, H, W]. */
  static int channelElement(int[] passes, int row, int channel, int number) {
    int plane = channelPlane(passes, row);
    int image = number / plane;
    return (image * passes[row + Pass.CHANNELS] + channel) * plane + number - image * plane;
  }

  /** Chunks of all channels, of a work-group each. */
  static int normWorkUnits(int[] passes, int row) {
    return passes[row + Pass.CHANNELS] * passes[row + Pass.CHUNKS];
  }

  /**
   * Leaves two sums of a work-item's elements of a chunk in local memory: forward, the sum of
   * squared deviations from their mean, and that mean; backward, their part of the gradients of
   * weight and bias.
   */
  void normSums(float[] input, float[] dOutput, int[] passes, int row, int batch, int workUnit) {
    int channels = passes[row + Pass.CHANNELS];
    int channel = workUnit % channels;
    int chunk = workUnit / channels;
    int first = chunkStart(passes, row, batch, chunk) + getLocalId();
    int to = chunkStart(passes, row, batch, chunk + 1);
    int backward = passes[row + Pass.OPERATION] - Opcode.BATCH_NORM_STATISTICS;
    float mean = 0f;
    if (backward == 1) {
      mean = input[passes[row + Pass.STATISTICS] + channel];
    } else {
      for (int i = first; i < to; i += GROUP) {
        mean += input[passes[row + Pass.INPUT] + channelElement(passes, row, channel, i)];
      }
      mean = mean / max(1, itemElements(first, to));
    }
    float products = 0f;
    float sum = mean;
    if (backward == 1) {
      sum = 0f;
    }
    for (int i = first; i < to; i += GROUP) {
      int at = channelElement(passes, row, channel, i);
      float off = input[passes[row + Pass.INPUT] + at] - mean;
      float other = off;
      if (backward == 1) {
        other = dOutput[passes[row + Pass.OUTPUT] + at];
        sum += other;
      }
      products += other * off;
    }
    slab[getLocalId()] = products;
    slab[GROUP + getLocalId()] = sum;
  }

  /** Elements of a chunk for a work-item. */
  static int itemElements(int first, int to) {
    int count = 0;
    if (to > first) {
      count = (to - first + GROUP - 1) / GROUP;
    }
    return count;
  }

  /**
   * Combines the work-items' sums of {@link #normSums} in a fixed order, in one work-item. Needs a
   * barrier before and one after.
   */
  void storeNormSums(
      float[] input, float[] partials, int[] passes, int row, int batch, int workUnit) {
    int channels = passes[row + Pass.CHANNELS];
    int channel = workUnit % channels;
    int chunk = workUnit / channels;
    int from = chunkStart(passes, row, batch, chunk);
    int to = chunkStart(passes, row, batch, chunk + 1);
    int backward = passes[row + Pass.OPERATION] - Opcode.BATCH_NORM_STATISTICS;
    if (getLocalId() == 0) {
      float sum = 0f;
      for (int item = 0; item < GROUP; item++) {
        int weight = 1;
        if (backward == 0) {
          weight = itemElements(from + item, to);
        }
        sum += weight * slab[GROUP + item];
      }
      float mean = sum / max(1, to - from);
      float products = 0f;
      for (int item = 0; item < GROUP; item++) {
        float off = slab[GROUP + item] - mean;
        products += slab[item];
        if (backward == 0) {
          products += itemElements(from + item, to) * off * off;
        }
      }
      if (backward == 0) {
        sum = mean;
      }
      if (backward == 1) {
        products =
            products
                / sqrt(
                    input[passes[row + Pass.STATISTICS] + channels + channel] + BatchNorm.EPSILON);
      }
      int at = passes[row + Pass.PARTIALS] + chunk * passes[row + Pass.PARTIAL_STRIDE] + channel;
      partials[at] = products;
      partials[at + channels] = sum;
    }
  }

  /** Mean of a channel over the batch, from the means of its chunks. */
  static float batchMean(float[] partials, int[] passes, int row, int batch, int channel) {
    float sum = 0f;
    int at = passes[row + Pass.PARTIALS] + channel;
    for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
      int count = chunkStart(passes, row, batch, chunk + 1) - chunkStart(passes, row, batch, chunk);
      sum += count * partials[at + passes[row + Pass.CHANNELS]];
      at += passes[row + Pass.PARTIAL_STRIDE];
    }
    return sum / (batch * channelPlane(passes, row));
  }

  /**
   * Variance of a channel over the batch, from its chunks' squared deviations and the deviations of
   * their means from the mean of all (Chan, Golub, LeVeque, 1979, "Updating formulae and a pairwise
   * algorithm for computing sample variances").
   */
  static float batchVariance(
      float[] partials, int[] passes, int row, int batch, int channel, float mean) {
    float sum = 0f;
    int at = passes[row + Pass.PARTIALS] + channel;
    for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
      int count = chunkStart(passes, row, batch, chunk + 1) - chunkStart(passes, row, batch, chunk);
      float off = partials[at + passes[row + Pass.CHANNELS]] - mean;
      sum += partials[at] + count * off * off;
      at += passes[row + Pass.PARTIAL_STRIDE];
    }
    return sum / (batch * channelPlane(passes, row));
  }

  /**
   * Computes the outputs [N, C, H, W]; statistics of the batch are stored for the backward pass.
   */
  void batchNormForward(
      float[] input,
      float[] parameters,
      float[] output,
      float[] partials,
      int[] passes,
      int row,
      int batch) {
    int channels = passes[row + Pass.CHANNELS];
    int workUnits = channels * passes[row + Pass.CHUNKS];
    int statistics = passes[row + Pass.STATISTICS];
    for (int workUnit = getGroupId(); workUnit < workUnits; workUnit += getNumGroups()) {
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = chunkStart(passes, row, batch, chunk + 1);
      float mean = 0f;
      float variance = 0f;
      if (statistics == Pass.NONE) {
        mean = parameters[passes[row + Pass.RUNNING_MEAN] + channel];
        variance = parameters[passes[row + Pass.RUNNING_VARIANCE] + channel];
      } else {
        mean = batchMean(partials, passes, row, batch, channel);
        variance = batchVariance(partials, passes, row, batch, channel, mean);
      }
      float scale =
          parameters[passes[row + Pass.WEIGHT] + channel] / sqrt(variance + BatchNorm.EPSILON);
      float shift = parameters[passes[row + Pass.BIAS] + channel];
      for (int i = chunkStart(passes, row, batch, chunk) + getLocalId(); i < to; i += GROUP) {
        int at = channelElement(passes, row, channel, i);
        float value = (input[passes[row + Pass.INPUT] + at] - mean) * scale + shift;
        if (value < 0f && passes[row + Pass.RELU] == 1) {
          value = 0f;
        }
        output[passes[row + Pass.OUTPUT] + at] = value;
      }
      if (statistics != Pass.NONE && batch > 0 && chunk == 0 && getLocalId() == 0) {
        output[statistics + channel] = mean;
        output[statistics + channels + channel] = variance;
      }
    }
  }

  /**
   * Computes the gradient of the input [N, C, H, W]; behind a ReLU it is 0 where the input is not
   * positive.
   */
  void batchNormBackward(
      float[] input,
      float[] parameters,
      float[] dOutput,
      float[] dInput,
      float[] partials,
      int[] passes,
      int row,
      int batch) {
    int channels = passes[row + Pass.CHANNELS];
    int workUnits = channels * passes[row + Pass.CHUNKS];
    int count = batch * channelPlane(passes, row);
    for (int workUnit = getGroupId(); workUnit < workUnits; workUnit += getNumGroups()) {
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = chunkStart(passes, row, batch, chunk + 1);
      float mean = input[passes[row + Pass.STATISTICS] + channel];
      float variance = input[passes[row + Pass.STATISTICS] + channels + channel];
      float inverse = 1f / sqrt(variance + BatchNorm.EPSILON);
      float scale = parameters[passes[row + Pass.WEIGHT] + channel] * inverse;
      float slope = chunkSum(partials, passes, row, channel) / count * inverse;
      float shift = chunkSum(partials, passes, row, channels + channel) / count;
      for (int i = chunkStart(passes, row, batch, chunk) + getLocalId(); i < to; i += GROUP) {
        int at = channelElement(passes, row, channel, i);
        float value = input[passes[row + Pass.INPUT] + at];
        float gradient =
            scale * (dOutput[passes[row + Pass.OUTPUT] + at] - shift - (value - mean) * slope);
        InputGradient.storeGradient(input, dInput, passes, row, at, gradient);
      }
    }
  }
}
