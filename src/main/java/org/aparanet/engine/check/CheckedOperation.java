package org.aparanet.engine.check;

import java.util.Locale;

/**
 * Operations that a check measures; each rests on those before it, so the first one that is wrong
 * is where to look.
 */
public enum CheckedOperation {
  DENSE_FORWARD,
  /**
   * The logits that a step hands to the softmax, and that it does nothing if the loss is refused.
   */
  SOFTMAX_STEP,
  DENSE_BACKWARD_WEIGHTS,
  DENSE_BACKWARD_DATA,
  CONVOLUTION_FORWARD,
  CONVOLUTION_BACKWARD_FILTER,
  CONVOLUTION_BACKWARD_BIAS,
  CONVOLUTION_BACKWARD_DATA,
  RELU_FORWARD,
  RELU_BACKWARD,
  LEAKY_RELU_FORWARD,
  LEAKY_RELU_BACKWARD,
  MAX_POOL_FORWARD,
  MAX_POOL_BACKWARD,
  AVERAGE_POOL_FORWARD,
  AVERAGE_POOL_BACKWARD,
  RESIDUAL_FORWARD,
  RESIDUAL_BACKWARD,
  DROPOUT_FORWARD,
  DROPOUT_BACKWARD,
  BATCH_NORM_INFERENCE,
  BATCH_NORM_FORWARD,
  BATCH_NORM_BACKWARD_PARAMETERS,
  BATCH_NORM_BACKWARD_DATA,
  BATCH_NORM_STATISTICS,
  UPDATE,
  WEIGHT_DECAY,
  GRADIENT_CLIPPING,
  MOMENTUM,
  NESTEROV,
  ADAM,
  ADAMW;

  /** Such as {@code convolution backward filter}. */
  @Override
  public String toString() {
    return name()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ')
        .replace("max pool", "max-pool")
        .replace("relu", "ReLU");
  }
}
