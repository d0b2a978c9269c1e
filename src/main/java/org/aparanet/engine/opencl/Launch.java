package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;

/** Execution of a session's kernel; tests replace Aparapi's by one that fails. */
@FunctionalInterface
interface Launch {
  Launch APARAPI = Kernel::execute;

  /**
   * Runs a kernel to the end.
   *
   * @param range work-items, and their device
   * @param passes number of passes, one after another
   * @throws DeviceKernelManager.DeviceFailedException if the device cannot
   */
  void execute(Kernel kernel, Range range, int passes);
}
