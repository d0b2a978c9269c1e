package org.aparanet.engine.cpu;

import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.cpu.slice.ParameterOrder;

/**
 * Moments of an optimizer, in a session's own order of parameters.
 *
 * @param first empty where the optimizer has no moment
 * @param second empty where it has fewer than two
 */
record Moments(float[] first, float[] second) {
  private static final float[] NONE = new float[0];

  /** Moments before the first step: zeros. */
  static Moments zero(Optimizer optimizer, int size) {
    int moments = optimizer.rule().moments();
    return new Moments(moments > 0 ? new float[size] : NONE, moments > 1 ? new float[size] : NONE);
  }

  /** Copies the moments of a state into these. */
  void store(TrainingState state, ParameterOrder order) {
    if (first.length > 0) {
      order.store(state.firstMoments(), first);
    }
    if (second.length > 0) {
      order.store(state.secondMoments(), second);
    }
  }

  /** Training state of these moments and of parameters in the network's order. */
  TrainingState state(float[] parameters, ParameterOrder order, long steps) {
    return new TrainingState(
        parameters,
        first.length > 0 ? order.restore(first) : NONE,
        second.length > 0 ? order.restore(second) : NONE,
        steps);
  }
}
