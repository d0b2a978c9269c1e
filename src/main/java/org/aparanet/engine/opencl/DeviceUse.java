package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;

/**
 * Check that a kernel ran on its device, by Aparapi's statistics: they have the time of every
 * execution by device or Java thread pool.
 */
final class DeviceUse {
  private final Kernel kernel;
  private final OpenCLDevice device;
  private double booked;
  private boolean ever;

  /**
   * @param kernel built for the device; the time of the build is in the statistics already
   */
  DeviceUse(Kernel kernel, OpenCLDevice device) {
    this.kernel = kernel;
    this.device = device;
    booked = kernel.getAccumulatedExecutionTimeCurrentThread(device);
  }

  /** Whether the device has run the kernel, from this thread, since the last call. */
  boolean since() {
    double now = kernel.getAccumulatedExecutionTimeCurrentThread(device);
    boolean worked = now > booked;
    booked = now;
    ever |= worked;
    return worked;
  }

  /** Whether {@link #since} has ever been true. */
  boolean ever() {
    return ever;
  }
}
