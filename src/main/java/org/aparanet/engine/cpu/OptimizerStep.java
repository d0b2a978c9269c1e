package org.aparanet.engine.cpu;

import org.aparanet.engine.Optimizer;

/**
 * Update rule of one step of an {@link Optimizer}. The loops are plain: the compiler vectorizes
 * them, and memory bandwidth is their limit.
 */
final class OptimizerStep {
  private final Optimizer optimizer;
  private final float rate;
  private final float weightDecay;
  private final float clip; // factor of all gradients
  private final float meanRate; // learning rate over the correction of the first moment
  private final float squareFactor; // one over the correction of the second moment
  private final Loop loop;

  /** Update rule on elements {@code from} to {@code to} (exclusive). */
  @FunctionalInterface
  private interface Loop {
    void run(int from, int to, float[] w, float[] gradient, float[] first, float[] second);
  }

  /**
   * @param learningRate of the parameters
   * @param weightDecay of the parameters
   * @param steps number of the step, from 1
   * @param norm of all gradients; used only where the optimizer clips
   */
  OptimizerStep(
      Optimizer optimizer, float learningRate, float weightDecay, long steps, double norm) {
    this.optimizer = optimizer;
    this.weightDecay = weightDecay;
    rate = learningRate;
    double factor = optimizer.clipNorm() / (norm + Optimizer.NORM_EPSILON);
    clip = optimizer.clips() ? (float) Math.min(1, factor) : 1f;
    meanRate = (float) (learningRate / (1 - Math.pow(optimizer.momentum(), steps)));
    squareFactor = (float) (1 / (1 - Math.pow(optimizer.beta2(), steps)));
    loop =
        switch (optimizer.rule()) {
          case SGD -> this::sgd;
          case MOMENTUM -> this::momentum;
          case NESTEROV -> this::nesterov;
          case ADAM -> this::adam;
          case ADAMW -> this::adamW;
        };
  }

  /**
   * Moves elements {@code from} to {@code to} (exclusive).
   *
   * @param first moments; unused by an optimizer without
   * @param second moments; unused by an optimizer with fewer than two
   */
  void apply(
      int from, int to, float[] parameters, float[] gradient, float[] first, float[] second) {
    loop.run(from, to, parameters, gradient, first, second);
  }

  private void sgd(int from, int to, float[] w, float[] gradient, float[] m, float[] v) {
    float decay = weightDecay;
    for (int i = from; i < to; i++) {
      w[i] -= rate * (gradient[i] * clip + decay * w[i]);
    }
  }

  private void momentum(int from, int to, float[] w, float[] gradient, float[] m, float[] v) {
    float decay = weightDecay;
    float momentum = optimizer.momentum();
    for (int i = from; i < to; i++) {
      float moved = momentum * m[i] + (gradient[i] * clip + decay * w[i]);
      m[i] = moved;
      w[i] -= rate * moved;
    }
  }

  private void nesterov(int from, int to, float[] w, float[] gradient, float[] m, float[] v) {
    float decay = weightDecay;
    float momentum = optimizer.momentum();
    for (int i = from; i < to; i++) {
      float g = gradient[i] * clip + decay * w[i];
      float moved = momentum * m[i] + g;
      m[i] = moved;
      w[i] -= rate * (g + momentum * moved);
    }
  }

  private void adam(int from, int to, float[] w, float[] gradient, float[] m, float[] v) {
    adam(from, to, w, gradient, m, v, weightDecay, 1);
  }

  private void adamW(int from, int to, float[] w, float[] gradient, float[] m, float[] v) {
    adam(from, to, w, gradient, m, v, 0, 1 - rate * weightDecay);
  }

  private void adam(
      int from,
      int to,
      float[] w,
      float[] gradient,
      float[] m,
      float[] v,
      float decay,
      float keep) {
    float beta1 = optimizer.momentum();
    float beta2 = optimizer.beta2();
    for (int i = from; i < to; i++) {
      float g = gradient[i] * clip + decay * w[i];
      float mean = beta1 * m[i] + (1 - beta1) * g;
      float square = beta2 * v[i] + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      float deviation = (float) Math.sqrt(square * squareFactor) + Optimizer.EPSILON;
      w[i] = keep * w[i] - meanRate * mean / deviation;
    }
  }
}
