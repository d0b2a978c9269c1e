package org.aparanet.engine.check;

import java.util.Locale;

/**
 * Operations that a check measures; each rests on those before it, so the first one that is wrong
 * is where to look.
 */
public enum CheckedOperation {
  /** A dense layer's output. */
  DENSE_FORWARD,
  /**
   * The logits that a step hands to the softmax, and that it does nothing if the loss is refused.
   */
  SOFTMAX_STEP,
  /** The gradient of a dense layer's weights. */
  DENSE_BACKWARD_WEIGHTS,
  /** The gradient of a dense layer's input. */
  DENSE_BACKWARD_DATA,
  /** A convolution's output. */
  CONVOLUTION_FORWARD,
  /** The gradient of a convolution's filters. */
  CONVOLUTION_BACKWARD_FILTER,
  /** The gradient of a convolution's bias. */
  CONVOLUTION_BACKWARD_BIAS,
  /** The gradient of a convolution's input. */
  CONVOLUTION_BACKWARD_DATA,
  /** A ReLU's output. */
  RELU_FORWARD,
  /** The gradient of a ReLU's input. */
  RELU_BACKWARD,
  /** A leaky ReLU's output. */
  LEAKY_RELU_FORWARD,
  /** The gradient of a leaky ReLU's input. */
  LEAKY_RELU_BACKWARD,
  /** A max-pool's output. */
  MAX_POOL_FORWARD,
  /** The gradient of a max-pool's input. */
  MAX_POOL_BACKWARD,
  /** An average pool's output. */
  AVERAGE_POOL_FORWARD,
  /** The gradient of an average pool's input. */
  AVERAGE_POOL_BACKWARD,
  /** A residual sum. */
  RESIDUAL_FORWARD,
  /** The gradients of a residual sum's inputs. */
  RESIDUAL_BACKWARD,
  /** Dropout's output. */
  DROPOUT_FORWARD,
  /** The gradient of dropout's input. */
  DROPOUT_BACKWARD,
  /** Batch normalisation with running statistics. */
  BATCH_NORM_INFERENCE,
  /** Batch normalisation with the batch's statistics. */
  BATCH_NORM_FORWARD,
  /** The gradients of a batch normalisation's scales and shifts. */
  BATCH_NORM_BACKWARD_PARAMETERS,
  /** The gradient of a batch normalisation's input. */
  BATCH_NORM_BACKWARD_DATA,
  /** The running statistics of batch normalisation. */
  BATCH_NORM_STATISTICS,
  /** A step of plain stochastic gradient descent. */
  UPDATE,
  /** Weight decay. */
  WEIGHT_DECAY,
  /** Clipping of the gradients' norm. */
  GRADIENT_CLIPPING,
  /** A step with momentum. */
  MOMENTUM,
  /** A step with Nesterov's momentum. */
  NESTEROV,
  /** A step of Adam. */
  ADAM,
  /** A step of AdamW. */
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
