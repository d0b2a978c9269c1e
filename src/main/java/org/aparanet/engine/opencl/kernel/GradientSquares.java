package org.aparanet.engine.opencl.kernel;

/**
 * Second stage of all gradients, with the sums of their squares for clipping by the norm.
 *
 * <pre>
 * partials [chunks, P]   dParameters [P]   squares [work-items, ...]
 *
 * dParameters = sum over chunks of partials, in their order
 * squares[k]  = sum over the gradients that work-item k has added up of gradient * gradient
 * </pre>
 */
final class GradientSquares extends UpdateFunctions {
  float[] partials;
  float[] dParameters;
  int[] passes;

  @Override
  public void run() {
    gradientSquares(partials, dParameters, passes, 0, getGlobalId(), getGlobalSize());
  }
}
