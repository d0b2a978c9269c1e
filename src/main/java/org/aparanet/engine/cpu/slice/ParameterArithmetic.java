package org.aparanet.engine.cpu.slice;

/**
 * Element-wise arithmetic on flat arrays of parameters and gradients: sums of gradients, and the
 * update of plain stochastic gradient descent. Implementations have no state, so that threads share
 * one.
 */
public interface ParameterArithmetic {

  /** Elements {@code from} to {@code to} (exclusive): sum += addend. */
  void add(int from, int to, float[] sum, float[] addend);

  /** Elements {@code from} to {@code to} (exclusive): parameters -= learningRate * gradient. */
  void update(int from, int to, float[] parameters, float[] gradient, float learningRate);

  /**
   * As {@link #update(int, int, float[], float[], float)}, with the head's own rate in the head.
   */
  default void update(int from, int to, float[] parameters, float[] gradient, StepRates rates) {
    int head = rates.split(from, to);
    update(from, head, parameters, gradient, rates.body());
    update(head, to, parameters, gradient, rates.head());
  }
}
