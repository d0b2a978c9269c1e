package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.device.OpenCLDevice;
import org.junit.jupiter.api.Assumptions;

/** The OpenCL device that tests run on: the first there is. */
public final class OpenClTestDevice {
  private OpenClTestDevice() {}

  /**
   * An engine on the test device. The system property {@code aparanet.test.require} says what has
   * to be there: {@code none} skips the test where there is no device, {@code opencl} makes it fail
   * there, and any other text must also be part of the device's name.
   */
  public static OpenClEngine engine(HostMemory memory) {
    String required = System.getProperty("aparanet.test.require", "none");
    OpenClDevices found = OpenClDevices.find();
    if (found.engines().isEmpty()) {
      String sentence = "OpenCL is not tested: " + found.problem().orElseThrow();
      Assumptions.assumeFalse(required.equals("none"), sentence);
      throw new AssertionError(sentence);
    }
    OpenClEngine engine = found.engines().get(0).with(memory);
    if (!required.equals("none") && !required.equals("opencl")) {
      assertTrue(
          engine.device().name().contains(required),
          () -> "tests are to run on " + required + ", but the first device is " + engine.device());
    }
    return engine;
  }

  /** Aparapi's view of the test device. */
  public static OpenCLDevice target(HostMemory memory) {
    return engine(memory).target();
  }

  /** Makes a device the only one that a kernel may run on. */
  public static void bind(Kernel kernel, OpenCLDevice target) {
    DeviceKernelManager.bind(kernel, target);
  }
}
