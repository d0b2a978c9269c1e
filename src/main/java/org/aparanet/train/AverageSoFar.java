package org.aparanet.train;

/**
 * Average of the states that a run has added so far.
 *
 * @param parameters their {@link ParameterAverage}, running statistics included; not copied
 * @param states how many were added, at least 1
 */
public record AverageSoFar(float[] parameters, long states) {

  /**
   * Checks the number.
   *
   * @param parameters their {@link ParameterAverage}, running statistics included; not copied
   * @param states how many were added, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public AverageSoFar {
    if (states < 1) {
      throw new IllegalArgumentException(
          "an average of " + states + " states; there is at least 1");
    }
  }
}
