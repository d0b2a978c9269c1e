package org.aparanet.engine.opencl.kernel;

/**
 * Second stage of all gradients of filters and weights, and the optimizer's step.
 *
 * <pre>
 * partials [chunks, P]   parameters, dParameters, firstMoments, secondMoments [P], P being the
 * parameters of a layer
 *
 * dParameters = sum over chunks of partials, in their order
 * parameters -= rate * (dParameters, or what {@link UpdateFunctions} makes of it), the rate being
 * learningRate, or headRate from headFrom on, and so the decay
 * </pre>
 *
 * <p>If gradients are clipped, {@link GradientSquares} has added up the chunks, and {@link
 * SquareSums} the norm.
 */
final class ParameterUpdate extends UpdateFunctions {
  float[] partials;
  float[] parameters;
  float[] dParameters;
  int[] passes;

  @Override
  public void run() {
    parameterUpdate(partials, parameters, dParameters, passes, 0, getGlobalId(), getGlobalSize());
  }
}
