package org.aparanet.train;

import org.aparanet.engine.Optimizer;
import org.aparanet.model.Network;

/**
 * Scale S of the logits: the last layer with parameters w gives S times what it would, so that loss
 * and gradient are those of S times the logits.
 *
 * <p>A session holds w' = S w instead, and so does the model that is written: what it gives are the
 * scaled logits, without any multiplication. As dL/dw = S dL/dw', w' goes exactly the way of S w if
 * it begins at S times the drawn values and its own rate r' and weight decay d' are
 *
 * <pre>
 * SGD, MOMENTUM, NESTEROV   r' = S^2 r   d' = d / S^2
 * ADAM                      r' = S r     d' = d / S^2     but for its epsilon
 * ADAMW                     r' = S r     d' = d / S       but for its epsilon
 * </pre>
 *
 * <p>The norm that clipping looks at would be another one, so the two do not go together.
 */
public final class LogitScale {

  /** The largest scale; the least is its inverse. */
  public static final float MAXIMUM = 10_000;

  private LogitScale() {}

  /**
   * @throws IllegalArgumentException if the scale is out of its range, or gradients are clipped
   */
  static void check(float scale, Optimizer optimizer) {
    if (!(scale >= 1 / MAXIMUM && scale <= MAXIMUM)) {
      throw new IllegalArgumentException("logits times " + scale + "; allowed are 0.0001 to 10000");
    }
    if (scale != 1 && optimizer.clips()) {
      throw new IllegalArgumentException(
          "logits times " + scale + " and clipped gradients, whose norm would be another one");
    }
  }

  /** The optimizer for parameters of which the last layer's are scaled. */
  static Optimizer of(Optimizer optimizer, float scale) {
    if (scale == 1) {
      return optimizer;
    }
    double square = (double) scale * scale;
    return switch (optimizer.rule()) {
      case SGD, MOMENTUM, NESTEROV ->
          optimizer.withHeadFactors(optimizer.headFactor() * square, 1 / square);
      case ADAM -> optimizer.withHeadFactors(optimizer.headFactor() * scale, 1 / square);
      case ADAMW -> optimizer.withHeadFactors(optimizer.headFactor() * scale, 1.0 / scale);
    };
  }

  /**
   * Scales drawn parameters of a last layer.
   *
   * @param network whose last layer it is
   * @param parameters of the network, which are changed
   * @param scale what its logits are multiplied by
   */
  public static void apply(Network network, float[] parameters, float scale) {
    for (Network.Tensor tensor : network.head().tensors()) {
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        parameters[i] *= scale;
      }
    }
  }
}
