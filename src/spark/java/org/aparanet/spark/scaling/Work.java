package org.aparanet.spark.scaling;

/**
 * Training of a network as an executor does it.
 *
 * @param name of the network
 * @param parameters number of its parameters
 * @param moments numbers that the optimizer keeps of each
 * @param share images that an executor has of a batch
 * @param imagesPerSecond of an executor at that share
 */
public record Work(String name, long parameters, int moments, int share, double imagesPerSecond) {

  /** {@return the bytes of a state} */
  public double stateBytes() {
    return (double) Float.BYTES * parameters * (1 + moments);
  }

  /** {@return the seconds of a step} */
  public double stepSeconds() {
    return share / imagesPerSecond;
  }

  /**
   * {@return the fewest steps of a round with which all that is not steps takes at most a tenth of
   * the steps' time}
   *
   * @param overhead seconds of a round that are not steps
   */
  public int steps(double overhead) {
    return (int) Math.max(1, Math.ceil(10 * overhead / stepSeconds()));
  }

  /**
   * {@return the part of a round's time that is steps}
   *
   * @param steps of a round
   * @param overhead seconds of it that are not steps
   */
  public double efficiency(int steps, double overhead) {
    return steps * stepSeconds() / (steps * stepSeconds() + overhead);
  }
}
