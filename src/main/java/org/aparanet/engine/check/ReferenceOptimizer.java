package org.aparanet.engine.check;

import org.aparanet.engine.Optimizer;

/** The rules of {@link Optimizer} in double precision, written straight from their definitions. */
public final class ReferenceOptimizer {
  private final Optimizer optimizer;
  private final int headFrom;
  private final double[] first;
  private final double[] second;
  private int steps;

  /**
   * A reference for some parameters.
   *
   * @param optimizer the rule and its numbers
   * @param count number of parameters
   * @param headFrom index of the head's first parameter
   */
  public ReferenceOptimizer(Optimizer optimizer, int count, int headFrom) {
    this.optimizer = optimizer;
    this.headFrom = headFrom;
    first = new double[count];
    second = new double[count];
  }

  /**
   * Moves the first {@code learned} parameters by one step.
   *
   * @param parameters to be moved
   * @param gradient of the parameters
   * @param learned how many of them move
   * @param learningRate of the step, in front of the head
   */
  public void step(double[] parameters, double[] gradient, int learned, double learningRate) {
    steps++;
    double norm = 0;
    for (int i = 0; i < learned; i++) {
      norm += gradient[i] * gradient[i];
    }
    norm = Math.sqrt(norm);
    double factor =
        optimizer.clips() ? Math.min(1, optimizer.clipNorm() / (norm + Optimizer.NORM_EPSILON)) : 1;
    for (int i = 0; i < learned; i++) {
      double rate = i < headFrom ? learningRate : learningRate * optimizer.headFactor();
      double decay = optimizer.weightDecay() * (i < headFrom ? 1 : optimizer.headDecayFactor());
      parameters[i] = moved(i, parameters[i], factor * gradient[i], rate, decay);
    }
  }

  private double moved(int i, double w, double gradient, double rate, double decay) {
    double beta1 = optimizer.momentum();
    double beta2 = optimizer.beta2();
    boolean decoupled = optimizer.rule() == Optimizer.Rule.ADAMW;
    double g = decoupled ? gradient : gradient + decay * w;
    return switch (optimizer.rule()) {
      case SGD -> w - rate * g;
      case MOMENTUM -> {
        first[i] = beta1 * first[i] + g;
        yield w - rate * first[i];
      }
      case NESTEROV -> {
        first[i] = beta1 * first[i] + g;
        yield w - rate * (g + beta1 * first[i]);
      }
      case ADAM, ADAMW -> {
        first[i] = beta1 * first[i] + (1 - beta1) * g;
        second[i] = beta2 * second[i] + (1 - beta2) * g * g;
        double mean = first[i] / (1 - Math.pow(beta1, steps));
        double square = second[i] / (1 - Math.pow(beta2, steps));
        double kept = decoupled ? w - rate * decay * w : w;
        yield kept - rate * mean / (Math.sqrt(square) + Optimizer.EPSILON);
      }
    };
  }
}
