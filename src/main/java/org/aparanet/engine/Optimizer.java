package org.aparanet.engine;

import java.util.Objects;

/**
 * How a step's gradient g moves the learned parameters w, with learning rate r: the step's, which
 * is multiplied by {@code headFactor} in the {@linkplain org.aparanet.model.Network#head() head},
 * and so is the weight decay by {@code headDecayFactor}.
 *
 * <pre>
 * clipping    g *= min(1, clipNorm / (norm of all gradients + 1e-6))
 * decay       g += weightDecay * w        (ADAMW instead: w -= r * weightDecay * w)
 * SGD         w -= r * g
 * MOMENTUM    m = momentum * m + g;       w -= r * m
 * NESTEROV    m = momentum * m + g;       w -= r * (g + momentum * m)
 * ADAM        m = beta1 * m + (1 - beta1) * g;      v = beta2 * v + (1 - beta2) * g * g
 *             w -= r * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + EPSILON)
 * </pre>
 *
 * <p>m and v are 0 before the first step, and t counts the steps from 1. All as in PyTorch's {@code
 * SGD} (without dampening), {@code Adam} and {@code AdamW}, with the head as a parameter group of
 * its own, and its {@code clip_grad_norm_} over all groups; Adam is of Kingma and Ba, 2014,
 * arXiv:1412.6980, the decay of ADAMW of Loshchilov and Hutter, 2017, arXiv:1711.05101.
 *
 * @param rule which of these
 * @param momentum of MOMENTUM and NESTEROV, and beta1 of ADAM and ADAMW: 0 to below 1; 0 for SGD
 * @param beta2 of ADAM and ADAMW, 0 to below 1; 0 otherwise
 * @param weightDecay finite, at least 0
 * @param clipNorm the largest norm of all gradients together, above 0; infinite for no clipping
 * @param headFactor the head's learning rate as a multiple of that of the layers before it, finite
 *     and above 0
 * @param headDecayFactor the head's weight decay as a multiple of that of the layers before it,
 *     finite and above 0
 */
public record Optimizer(
    Rule rule,
    float momentum,
    float beta2,
    float weightDecay,
    float clipNorm,
    double headFactor,
    double headDecayFactor) {

  /** Of ADAM and ADAMW: keeps the division from blowing up. */
  public static final float EPSILON = 1e-8f;

  /** In the division by the gradients' norm. */
  public static final float NORM_EPSILON = 1e-6f;

  /** Plain stochastic gradient descent. */
  public static final Optimizer SGD = new Optimizer(Rule.SGD, 0, 0, 0, Float.POSITIVE_INFINITY);

  /** The rules, with the moments that they keep of each parameter. */
  public enum Rule {
    /** Plain stochastic gradient descent. */
    SGD(0),
    /** With momentum. */
    MOMENTUM(1),
    /** With Nesterov's momentum. */
    NESTEROV(1),
    /** Adam. */
    ADAM(2),
    /** Adam with decoupled weight decay. */
    ADAMW(2);

    private final int moments;

    Rule(int moments) {
      this.moments = moments;
    }

    /** {@return the numbers that are kept for each parameter from step to step} */
    public int moments() {
      return moments;
    }
  }

  /**
   * Checks the values.
   *
   * @param rule which of these
   * @param momentum of MOMENTUM and NESTEROV, and beta1 of ADAM and ADAMW: 0 to below 1; 0 for SGD
   * @param beta2 of ADAM and ADAMW, 0 to below 1; 0 otherwise
   * @param weightDecay finite, at least 0
   * @param clipNorm the largest norm of all gradients together, above 0; infinite for no clipping
   * @param headFactor the head's learning rate as a multiple of that of the layers before it,
   *     finite and above 0
   * @param headDecayFactor the head's weight decay as a multiple of that of the layers before it,
   *     finite and above 0
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Optimizer {
    Objects.requireNonNull(rule, "rule");
    require("momentum", momentum, rule.moments() > 0);
    require("beta2", beta2, rule.moments() > 1);
    if (!(weightDecay >= 0 && weightDecay < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight decay " + weightDecay + "; it must be finite and at least 0");
    }
    if (!(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "gradients clipped to norm " + clipNorm + "; it must be above 0");
    }
    if (!(headFactor > 0 && headFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a head that learns at " + headFactor + " times the rate; it must be finite and above 0");
    }
    if (!(headDecayFactor > 0 && headDecayFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a head with "
              + headDecayFactor
              + " times the weight decay; it must be finite and above 0");
    }
  }

  /**
   * An optimizer with the same learning rate for all layers.
   *
   * @param rule which of these
   * @param momentum of MOMENTUM and NESTEROV, and beta1 of ADAM and ADAMW: 0 to below 1; 0 for SGD
   * @param beta2 of ADAM and ADAMW, 0 to below 1; 0 otherwise
   * @param weightDecay finite, at least 0
   * @param clipNorm the largest norm of all gradients together, above 0; infinite for no clipping
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Optimizer(Rule rule, float momentum, float beta2, float weightDecay, float clipNorm) {
    this(rule, momentum, beta2, weightDecay, clipNorm, 1, 1);
  }

  /**
   * {@return this optimizer with another learning rate of the head}
   *
   * @param factor the head's learning rate as a multiple of that of the layers before it, finite
   *     and above 0
   */
  public Optimizer withHeadFactor(double factor) {
    return withHeadFactors(factor, headDecayFactor);
  }

  /**
   * {@return this optimizer with another learning rate and another weight decay of the head}
   *
   * @param factor the head's learning rate as a multiple of that of the layers before it, finite
   *     and above 0
   * @param decayFactor its weight decay as a multiple of that of the layers before it, finite and
   *     above 0
   */
  public Optimizer withHeadFactors(double factor, double decayFactor) {
    return new Optimizer(rule, momentum, beta2, weightDecay, clipNorm, factor, decayFactor);
  }

  private static void require(String name, float value, boolean used) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " " + value + "; allowed is 0 to below 1");
    }
    if (!used && value != 0) {
      throw new IllegalArgumentException(name + " " + value + "; this rule has none");
    }
  }

  /** {@return whether the head has a learning rate of its own} */
  public boolean hasHeadRate() {
    return headFactor != 1;
  }

  /** {@return whether the head has a learning rate or a weight decay of its own} */
  public boolean hasOwnHead() {
    return headFactor != 1 || headDecayFactor != 1;
  }

  /** {@return the weight decay of the head} */
  public float headWeightDecay() {
    return (float) (weightDecay * headDecayFactor);
  }

  /**
   * {@return the learning rate of the head in a step}
   *
   * @param learningRate of the layers before it
   */
  public float headRate(float learningRate) {
    return (float) (learningRate * headFactor);
  }

  /** {@return whether this is plain stochastic gradient descent: w -= r * g} */
  public boolean isPlain() {
    return rule == Rule.SGD && weightDecay == 0 && !clips();
  }

  /** {@return whether the gradients' norm has to be known before the first parameter moves} */
  public boolean clips() {
    return clipNorm != Float.POSITIVE_INFINITY;
  }
}
