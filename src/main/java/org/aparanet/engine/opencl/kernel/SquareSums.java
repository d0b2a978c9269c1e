package org.aparanet.engine.opencl.kernel;

/**
 * Reduction of the work-items' sums of squares to {@value UpdateFunctions#SQUARE_SUMS} sums.
 *
 * <pre>
 * squares [work-items + 128]
 *
 * squares[work-items + p] = sum over k of squares[p + 128 * k]
 * </pre>
 */
final class SquareSums extends UpdateFunctions {

  @Override
  public void run() {
    squareSums(getGlobalId(), getGlobalSize());
  }
}
