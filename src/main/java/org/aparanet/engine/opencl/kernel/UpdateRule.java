package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.Optimizer;

/**
 * Numbers of the rules of {@link Optimizer} on the device; Aparapi translates these to literals.
 * They are ordered by their moments: none, from {@link #MOMENTUM} on the first, from {@link #ADAM}
 * on both.
 */
final class UpdateRule {
  static final int SGD = 0;
  static final int MOMENTUM = 1;
  static final int NESTEROV = 2;
  static final int ADAM = 3;
  static final int ADAMW = 4;

  private UpdateRule() {}

  /** Number of a rule. */
  static int of(Optimizer.Rule rule) {
    return switch (rule) {
      case SGD -> SGD;
      case MOMENTUM -> MOMENTUM;
      case NESTEROV -> NESTEROV;
      case ADAM -> ADAM;
      case ADAMW -> ADAMW;
    };
  }
}
