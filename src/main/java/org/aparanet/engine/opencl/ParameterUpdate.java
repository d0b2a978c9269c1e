package org.aparanet.engine.opencl;

import com.aparapi.Kernel;

/**
 * The second stage of all gradients of filters and weights, and the step of plain stochastic
 * gradient descent.
 *
 * <pre>
 * partials [chunks, P]   parameters [P]   dParameters [P], P being the parameters of a layer
 *
 * dParameters = sum over chunks of partials, in their order
 * parameters -= learningRate * dParameters
 * </pre>
 */
public final class ParameterUpdate extends Kernel {
  float[] partials;
  float[] parameters;
  float[] dParameters;
  int[] passes;
  float learningRate;

  @Override
  public void run() {
    parameterUpdate(
        partials, parameters, dParameters, passes, 0, learningRate, getGlobalId(), getGlobalSize());
  }

  /** Rows of one pass, one for each layer. */
  static void parameterUpdate(
      float[] partials,
      float[] parameters,
      float[] dParameters,
      int[] passes,
      int firstRow,
      float learningRate,
      int item,
      int items) {
    int row = firstRow;
    int more = 1;
    while (more == 1) {
      int first = passes[row + Pass.WEIGHT];
      for (int element = item; element < passes[row + Pass.COLUMNS]; element += items) {
        float gradient = 0f;
        for (int chunk = 0; chunk < passes[row + Pass.CHUNKS]; chunk++) {
          gradient +=
              partials[
                  passes[row + Pass.PARTIALS]
                      + chunk * passes[row + Pass.PARTIAL_STRIDE]
                      + element];
        }
        dParameters[first + element] = gradient;
        parameters[first + element] -= learningRate * gradient;
      }
      more = passes[row + Pass.CONTINUED];
      row += Pass.LENGTH;
    }
  }
}
