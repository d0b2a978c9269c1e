package org.aparanet.engine.cpu.slice;

/**
 * Learning rates of a step, by the session's own order of parameters.
 *
 * @param body of the parameters before the head
 * @param head of the head's parameters
 * @param headFrom index of the head's first parameter; behind all others where it is as they are
 */
public record StepRates(float body, float head, int headFrom) {

  /** Rate of the layer whose first parameter is at an index. */
  public float at(int index) {
    return index < headFrom ? body : head;
  }

  /** Index from which on the parameters {@code from} to {@code to} (exclusive) are the head's. */
  public int split(int from, int to) {
    return Math.max(from, Math.min(to, headFrom));
  }
}
