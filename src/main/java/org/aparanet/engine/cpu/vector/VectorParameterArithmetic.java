package org.aparanet.engine.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;

/** Parameter arithmetic on vectors, with the rest of less than a vector in plain Java. */
final class VectorParameterArithmetic implements ParameterArithmetic {
  private static final VectorSpecies<Float> SPECIES = VectorLaneOperations.SPECIES;
  private static final int LANES = SPECIES.length();

  @Override
  public void add(int from, int to, float[] sum, float[] addend) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector.fromArray(SPECIES, sum, i)
          .add(FloatVector.fromArray(SPECIES, addend, i))
          .intoArray(sum, i);
    }
    for (; i < to; i++) {
      sum[i] += addend[i];
    }
  }

  @Override
  public void update(int from, int to, float[] parameters, float[] gradient, float learningRate) {
    FloatVector rate = FloatVector.broadcast(SPECIES, -learningRate);
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      FloatVector.fromArray(SPECIES, gradient, i)
          .fma(rate, FloatVector.fromArray(SPECIES, parameters, i))
          .intoArray(parameters, i);
    }
    for (; i < to; i++) {
      parameters[i] = Math.fma(gradient[i], -learningRate, parameters[i]);
    }
  }
}
