package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;

/** How a session has its kernel executed; tests put one that fails in the place of Aparapi's. */
@FunctionalInterface
interface Launch {
  Launch APARAPI = Kernel::execute;

  /**
   * Runs a kernel to the end.
   *
   * @param range work-items, and the device that is to run them
   * @param passes how often, one after another
   * @throws DeviceKernelManager.DeviceFailedException if the device cannot
   */
  void execute(Kernel kernel, Range range, int passes);
}
