package org.aparanet.engine.cpu.scalar;

import org.aparanet.engine.cpu.slice.ParameterArithmetic;

/** Parameter arithmetic in plain Java. */
public final class ScalarParameterArithmetic implements ParameterArithmetic {
  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    for (int i = from; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    for (int i = from; i < to; i++) {
      parameters[i] -= learningRate * gradient[i];
    }
  }
}
