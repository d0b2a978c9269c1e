package org.aparanet.engine.opencl.kernel;

/**
 * Softmax, cross-entropy and its gradient on the device.
 *
 * <pre>
 * logits [N, classes]   labels [N]   dLogits [N, classes]   losses [2, N]
 *
 * target[n, c]  = (1 - smoothing) * onehot(labels[n]) + smoothing / classes
 * losses[0, n]  = log(sum(exp(logits[n]))) - sum over c of target[n, c] * logits[n, c]
 * losses[1, n]  = 1 if the largest logit is that of labels[n], else 0
 * dLogits[n, c] = (softmax(logits[n])[c] - target[n, c]) / N
 * </pre>
 */
final class SoftmaxLoss extends SoftmaxFunctions {
  float[] logits;
  int[] labels;
  float[] dLogits;
  float[] losses;
  int classes;
  int batch;

  @Override
  public void run() {
    for (int image = getGlobalId(); image < batch; image += getGlobalSize()) {
      softmaxLoss(
          logits,
          dLogits,
          losses,
          classes,
          image * classes,
          labels[image],
          batch,
          image,
          batch + image);
    }
  }
}
