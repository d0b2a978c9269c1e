package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;

/**
 * Check that a kernel ran on its device, by Aparapi's statistics: they have the time of every
 * execution by device or Java thread pool, for each thread that waited for it.
 */
final class DeviceUse {
  private final Kernel kernel;
  private final OpenCLDevice device;
  private double booked;
  private boolean ever;

  /**
   * @param kernel built for the device
   */
  DeviceUse(Kernel kernel, OpenCLDevice device) {
    this.kernel = kernel;
    this.device = device;
  }

  /** Reads the statistics before an execution that this thread is about to wait for. */
  void begin() {
    booked = kernel.getAccumulatedExecutionTimeCurrentThread(device);
  }

  /** Whether the device has run the kernel since {@link #begin}. */
  boolean ran() {
    boolean worked = kernel.getAccumulatedExecutionTimeCurrentThread(device) > booked;
    ever |= worked;
    return worked;
  }

  /** Whether {@link #ran} has ever been true. */
  boolean ever() {
    return ever;
  }
}
