package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;

/**
 * Device functions of softmax cross-entropy, as in {@link
 * org.aparanet.train.loss.SoftmaxCrossEntropy}, for {@link SoftmaxLoss} and {@link TrainingKernel}.
 *
 * <p>A superclass, because an exponential in single precision is a method of {@link Kernel}, which
 * static functions cannot call.
 */
abstract class SoftmaxFunctions extends Kernel {

  /** Label smoothing: the part of the target that is spread over all classes. */
  float smoothing;

  /**
   * Computes loss and gradient of one image. The largest logit is subtracted before the
   * exponential, so that no finite logit overflows; a NaN among the logits makes the loss NaN.
   *
   * @param at index of the image's first logit, and of its first gradient
   * @param lossAt index of its loss
   * @param hitAt index of its hit: 1 if the largest logit is that of its label, else 0
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
