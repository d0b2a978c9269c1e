package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aparanet.engine.opencl.kernel.KernelFields;

/**
 * Has the driver compile a small kernel three times, in a process without libjsig, and says for
 * each whether LLVM's handlers were there meanwhile, and whether they are afterwards.
 */
final class StepBackProbe {
  /** SIGXCPU, which LLVM handles and Java does not, as a bit of the mask of handled signals. */
  private static final long OF_LLVM = 1L << 23;

  private StepBackProbe() {}

  public static void main(String[] arguments) {
    OpenCLDevice device = OpenClTestDevice.engine(HostMemory.SHARED).target();
    for (int time = 0; time < 3; time++) {
      boolean meanwhile = DriverSignals.keep(() -> compile(device));
      System.out.println("meanwhile " + meanwhile + ", afterwards " + installed());
    }
  }

  private static boolean compile(OpenCLDevice device) {
    Kernel kernel = KernelFields.smallKernel();
    DeviceKernelManager.bind(kernel, device);
    kernel.execute(Range.create(device, KernelFields.smallKernelItems()));
    boolean installed = installed();
    kernel.dispose();
    return installed;
  }

  private static boolean installed() {
    try {
      String line =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(l -> l.startsWith("SigCgt:"))
              .findFirst()
              .orElseThrow();
      long mask = Long.parseUnsignedLong(line.substring("SigCgt:".length()).strip(), 16);
      return (mask & OF_LLVM) != 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
