package org.aparanet.engine.opencl.kernel;

import org.aparanet.engine.opencl.plan.ProductShape;

/**
 * A graphics card, and the host beside it, by the figures that an estimate of a step needs.
 *
 * @param name what to call it
 * @param units compute units
 * @param gigahertz clock of the units
 * @param multiplyAdds float multiply-adds of a unit in a cycle; a 32nd of that is the instructions,
 *     each for 32 work-items, that it can begin
 * @param memory bandwidth of its memory, in GB/s
 * @param cache bandwidth of its second-level cache, in GB/s
 * @param cacheMegabytes what fits that cache of one pass's traffic
 * @param launchMicros host's cost of a launch, which waits for the one before
 * @param executeMicros host's cost of an execute beside its launches
 * @param readMicros host's cost of reading an array back
 * @param lossNanos host's cost of softmax and loss, for each image
 */
record Card(
    String name,
    int units,
    double gigahertz,
    double multiplyAdds,
    double memory,
    double cache,
    double cacheMegabytes,
    double launchMicros,
    double executeMicros,
    double readMicros,
    double lossNanos) {

  /** Multiply-adds count twice: 132 x 128 x 2 x 1.98 GHz are 66.9 TFLOP/s. */
  static final Card H100 =
      new Card("NVIDIA H100 SXM", 132, 1.98, 128, 3350, 5500, 25, 15, 15, 10, 50);

  /** This card, where a launch costs the host something else. */
  Card launching(double micros) {
    return new Card(
        name,
        units,
        gigahertz,
        multiplyAdds,
        memory,
        cache,
        cacheMegabytes,
        micros,
        executeMicros,
        readMicros,
        lossNanos);
  }

  /** Work-groups of each launch. */
  int groups() {
    return units * ProductShape.GROUPS_OF_UNIT;
  }

  /** Instructions, each for 32 work-items, that all units begin in a microsecond. */
  double instructionsPerMicro() {
    return units * multiplyAdds / 32 * gigahertz * 1e3;
  }

  /** Peak in TFLOP/s. */
  double teraflops() {
    return 2 * units * multiplyAdds * gigahertz / 1e3;
  }
}
