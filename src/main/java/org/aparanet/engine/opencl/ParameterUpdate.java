package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * The step of plain stochastic gradient descent.
 *
 * <pre>
 * parameters [P]   dParameters [P]        parameters -= learningRate * dParameters
 * </pre>
 */
public final class ParameterUpdate extends Kernel {
  float[] parameters;
  float[] dParameters;
  int count;
  float learningRate;

  @Override
  public void run() {
    parameterUpdate(parameters, dParameters, count, learningRate, getGlobalId(), getGlobalSize());
  }

  static void parameterUpdate(
      float[] parameters, float[] dParameters, int count, float learningRate, int item, int items) {
    for (int element = item; element < count; element += items) {
      parameters[element] -= learningRate * dParameters[element];
    }
  }
}
