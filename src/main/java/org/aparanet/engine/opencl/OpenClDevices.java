package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The OpenCL devices of this machine.
 *
 * @param engines an engine for each device, in the drivers' order
 * @param problem why there is none, in a sentence that says what to do; empty if there is one
 */
public record OpenClDevices(List<OpenClEngine> engines, Optional<String> problem) {

  /**
   * Aparapi's level of logging, read when its first class is loaded. At any level but OFF it prints
   * a failure's stack trace to the standard error stream, past the log.
   */
  private static final String LOG_LEVEL = "com.aparapi.logLevel";

  /** Whether Aparapi has the drivers note when launches begin and end; read like the level. */
  private static final String EVENTS = "com.aparapi.enableProfiling";

  /**
   * From now on launches are timed by the devices' own clocks, at the cost of a few microseconds
   * each. To be called before anything else asks for devices; later it does nothing.
   */
  public static void timeLaunches() {
    if (System.getProperty(EVENTS) == null) {
      System.setProperty(EVENTS, "true");
    }
  }

  /** Asks the drivers; never fails. */
  public static OpenClDevices find() {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "OFF");
    }
    if (!OpenCLLoader.isOpenCLAvailable()) {
      return none(
          "Aparapi's native library could not be loaded, most likely because there is no OpenCL"
              + " loader; install one (Debian and Ubuntu: ocl-icd-libopencl1) and your graphics"
              + " card's driver");
    }
    List<OpenCLPlatform> platforms = new OpenCLPlatform().getOpenCLPlatforms();
    if (platforms == null || platforms.isEmpty()) {
      return none(
          "the OpenCL loader is there, but no driver; install your graphics card's driver, or"
              + " pocl-opencl-icd for the processor");
    }
    List<OpenClEngine> engines = new ArrayList<>();
    for (OpenCLPlatform platform : platforms) {
      for (OpenCLDevice device : platform.getOpenCLDevices()) {
        boolean cpu = device.getType() == com.aparapi.device.Device.TYPE.CPU;
        engines.add(
            new OpenClEngine(
                device,
                engines.size(),
                cpu ? HostMemory.SHARED : HostMemory.SEPARATE,
                Launch.APARAPI));
      }
    }
    if (engines.isEmpty()) {
      return none(
          "the OpenCL driver "
              + platforms.get(0).getName()
              + " offers no device; check that the graphics card is visible to it");
    }
    return new OpenClDevices(List.copyOf(engines), Optional.empty());
  }

  private static OpenClDevices none(String problem) {
    return new OpenClDevices(List.of(), Optional.of(problem));
  }
}
