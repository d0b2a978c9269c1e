package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.opencl.kernel.DeviceState;
import org.aparanet.engine.opencl.kernel.MatrixProduct;

/** Build of a session's kernel for its device, and execution of its passes there only. */
final class PassExecutor {
  private final Device device;
  private final DeviceState state;
  private final Range range;
  private final Launch launch;
  private final TrafficCounter traffic;
  private final DeviceUse use;

  /**
   * Builds the kernel.
   *
   * @param range work-items of each pass
   * @throws EngineException if it cannot be built, or runs in smaller work-groups only
   */
  PassExecutor(
      Device device,
      OpenCLDevice target,
      DeviceState state,
      Range range,
      Launch launch,
      TrafficCounter traffic) {
    this.device = device;
    this.state = state;
    this.range = range;
    this.launch = launch;
    this.traffic = traffic;
    DeviceKernelManager.bind(state.kernel(), target);
    build(state.kernel(), target);
    use = new DeviceUse(state.kernel(), target);
  }

  /**
   * Builds the kernel; if that fails, it is not disposed, since Aparapi's dispose would crash the
   * process.
   */
  private void build(Kernel kernel, OpenCLDevice target) {
    long start = System.nanoTime();
    try {
      kernel.compile(target);
      traffic.built(System.nanoTime() - start);
    } catch (CompileFailedException e) {
      throw new EngineException(
          device + " could not build the kernels; the driver's message stands above", e);
    }
    requireWorkGroups(kernel, target);
  }

  /**
   * Checks the kernel's largest work-group, which may be smaller than the device's and is known
   * only after the build.
   */
  private void requireWorkGroups(Kernel kernel, OpenCLDevice target) {
    int allowed;
    try {
      allowed = kernel.getKernelMaxWorkGroupSize(target);
    } catch (QueryFailedException | RuntimeException e) { // the latter from native code
      throw new EngineException(
          device + " does not say how large the kernel's work-groups may be", e);
    }
    if (allowed < MatrixProduct.GROUP) {
      throw new EngineException(
          device
              + " allows work-groups of at most "
              + allowed
              + " work-items for the training kernel, which needs "
              + MatrixProduct.GROUP);
    }
  }

  /**
   * Executes some passes of the table.
   *
   * @param lastPass the pass, from 0, after which a forward pass leaves its marks; -1 for none
   * @throws EngineException if the device failed, or did not do it
   */
  void execute(int firstPass, int passes, int lastPass) {
    state.beginExecute(firstPass, lastPass);
    traffic.execute(passes);
    use.begin();
    try {
      launch.execute(state.kernel(), range, passes);
    } catch (DeviceKernelManager.DeviceFailedException e) {
      throw new EngineException(
          device + " failed while it ran a kernel; the driver's message stands above", e);
    }
    if (!use.ran()) {
      throw new EngineException(device + " did not run the kernel: it ran somewhere else");
    }
  }

  /** Whether the device has ever run the kernel. */
  boolean everRan() {
    return use.ever();
  }
}
