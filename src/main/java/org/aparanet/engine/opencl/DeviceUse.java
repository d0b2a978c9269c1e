package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;

/**
 * Whether a device really worked for a kernel, by Aparapi's own accounts: it books the time of
 * every execution under the device, or the Java thread pool, that did it.
 */
final class DeviceUse {
  private final Kernel kernel;
  private final OpenCLDevice device;
  private double booked;
  private boolean ever;

  /**
   * @param kernel built for the device; the time that took is booked already
   */
  DeviceUse(Kernel kernel, OpenCLDevice device) {
    this.kernel = kernel;
    this.device = device;
    booked = kernel.getAccumulatedExecutionTimeCurrentThread(device);
  }

  /** Whether the device has worked for the kernel, on this thread, since the last call. */
  boolean since() {
    double now = kernel.getAccumulatedExecutionTimeCurrentThread(device);
    boolean worked = now > booked;
    booked = now;
    ever |= worked;
    return worked;
  }

  /** Whether {@link #since} has ever found that it worked. */
  boolean ever() {
    return ever;
  }
}
