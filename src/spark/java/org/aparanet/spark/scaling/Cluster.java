package org.aparanet.spark.scaling;

/**
 * What a cluster adds to a round, beside the steps.
 *
 * @param stageSeconds time of a stage without any work: the driver plans it, tasks start, one
 *     answers last
 * @param taskSeconds time that the driver needs for one task more
 * @param copySeconds time to turn a byte into what is sent and back, on one machine
 * @param bytesPerSecond of a machine's link
 */
public record Cluster(
    double stageSeconds, double taskSeconds, double copySeconds, double bytesPerSecond) {

  /** The most shares whose states come to the driver themselves, as in training. */
  private static final int FLAT = 16;

  /** Of a sum in double precision, as a multiple of a state's bytes. */
  private static final int SUM = 2;

  /**
   * {@return the same cluster with other links}
   *
   * @param link bytes in a second
   */
  Cluster with(double link) {
    return new Cluster(stageSeconds, taskSeconds, copySeconds, link);
  }

  /**
   * {@return the seconds of a round that are not steps}
   *
   * @param executors with a share each, at least 1
   * @param stateBytes of parameters and moments
   */
  public double overhead(int executors, double stateBytes) {
    double received = executors <= FLAT ? executors : groups(executors) * (double) SUM;
    double driver = received * stateBytes * (1 / bytesPerSecond + copySeconds);
    double group = executors <= FLAT ? 0 : group(executors) * stateBytes / bytesPerSecond;
    int stages = executors <= FLAT ? 1 : 2;
    return stages * stageSeconds
        + (executors + (stages - 1) * groups(executors)) * taskSeconds
        + broadcast(executors, stateBytes)
        + group
        + driver;
  }

  /** Executors get the state from the driver and from each other. */
  private double broadcast(int executors, double stateBytes) {
    double hops = Math.ceil(Math.log(executors + 1) / Math.log(2));
    return stateBytes * (hops / bytesPerSecond + copySeconds);
  }

  private static int group(int executors) {
    return (int) Math.ceil(Math.sqrt(executors));
  }

  private static int groups(int executors) {
    return (executors + group(executors) - 1) / group(executors);
  }
}
