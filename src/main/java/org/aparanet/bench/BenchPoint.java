package org.aparanet.bench;

import org.aparanet.engine.Device;

/**
 * A training step at one batch, for the curve of a network over its batches.
 *
 * @param device the device
 * @param network the case's label
 * @param batch images of the step
 * @param nanos median time of a step, in nanoseconds
 */
public record BenchPoint(Device device, String network, int batch, double nanos) {

  /** Images in a second. */
  public double rate() {
    return batch * 1e9 / nanos;
  }
}
