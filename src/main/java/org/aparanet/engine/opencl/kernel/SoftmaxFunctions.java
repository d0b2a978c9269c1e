package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Device functions of softmax cross-entropy, as {@link org.aparanet.train.loss.SoftmaxCrossEntropy}
 * has it on the host: what {@link SoftmaxLoss} runs, and {@link TrainingKernel} with it.
 *
 * <p>A superclass, because an exponential in single precision is a method of {@link Kernel}, which
 * static functions cannot call.
 */
abstract class SoftmaxFunctions extends Kernel {

  /** Part of the target that all classes share. */
  float smoothing;

  /**
   * One image's part. The largest logit is subtracted before the exponential, so that no finite
   * logit overflows; a NaN among the logits makes the loss NaN.
   *
   * @param at index of the image's first logit, and of its first gradient
   * @param lossAt where its loss goes
   * @param hitAt where it goes whether its largest logit is that of its label: 1 or 0
   */
  void softmaxLoss(
      float[] logits,
      float[] dLogits,
      float[] losses,
      int classes,
      int at,
      int label,
      int batch,
      int lossAt,
      int hitAt) {
    int best = 0;
    float largest = logits[at];
    for (int c = 1; c < classes; c++) {
      if (logits[at + c] > largest) {
        largest = logits[at + c];
        best = c;
      }
    }
    float sum = 0f;
    float distances = 0f;
    for (int c = 0; c < classes; c++) {
      float distance = logits[at + c] - largest;
      float power = exp(distance);
      distances += distance;
      sum += power;
      dLogits[at + c] = power;
    }
    float shared = smoothing / classes;
    for (int c = 0; c < classes; c++) {
      float target = shared;
      if (c == label) {
        target = 1f - smoothing + shared;
      }
      dLogits[at + c] = (dLogits[at + c] / sum - target) / batch;
    }
    float expected = logits[at + label] - largest;
    if (smoothing > 0f) {
      expected = (1f - smoothing) * expected + shared * distances;
    }
    losses[lossAt] = log(sum) - expected;
    float hit = 0f;
    if (best == label) {
      hit = 1f;
    }
    losses[hitAt] = hit;
  }
}
