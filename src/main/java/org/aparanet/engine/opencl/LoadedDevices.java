package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;

/**
 * OpenCL devices of the drivers that are loaded into this process.
 *
 * @param targets Aparapi's objects of the devices, in the drivers' order
 * @param listing the same as text
 */
record LoadedDevices(List<OpenCLDevice> targets, DeviceListing listing) {

  /** Loads the drivers, for the rest of the process, and lists their devices. */
  static LoadedDevices load() {
    return DriverSignals.keep(LoadedDevices::ask);
  }

  private static LoadedDevices ask() {
    Optional<String> missing = AparapiLibrary.load();
    if (missing.isPresent()) {
      return none(missing.get());
    }
    List<OpenCLPlatform> platforms = new OpenCLPlatform().getOpenCLPlatforms();
    if (platforms == null || platforms.isEmpty()) {
      return none(
          "the OpenCL loader is there, but no driver; install your graphics card's driver, or"
              + " pocl-opencl-icd for the processor");
    }
    List<OpenCLDevice> targets =
        platforms.stream().flatMap(p -> p.getOpenCLDevices().stream()).toList();
    if (targets.isEmpty()) {
      return none(withoutDevice(platforms.get(0).getName().strip()));
    }
    List<DeviceListing.Entry> entries = new ArrayList<>();
    targets.forEach(target -> entries.add(entry(target)));
    return new LoadedDevices(targets, new DeviceListing(entries, Optional.empty()));
  }

  private static String withoutDevice(String driver) {
    return "the OpenCL driver "
        + driver
        + " offers no device; "
        + (driver.equals("Portable Computing Language")
            ? "it needs a folder for its cache that it can write, POCL_CACHE_DIR or one in the"
                + " user's cache folder, and leaves out what POCL_DEVICES does not name"
            : "check that the graphics card is visible to it");
  }

  /**
   * Aparapi's object of the device that was listed.
   *
   * @throws EngineException if the index is another device's now
   */
  OpenCLDevice target(int index, DeviceListing.Entry listed) {
    if (index < targets.size() && listing.devices().get(index).isSame(listed)) {
      return targets.get(index);
    }
    throw new EngineException(
        "opencl:"
            + index
            + " ("
            + listed.name()
            + ") is not there any more"
            + listing.problem().map(problem -> ": " + problem).orElse("")
            + "; \"aparanet devices\" lists what there is now");
  }

  private static LoadedDevices none(String problem) {
    return new LoadedDevices(List.of(), DeviceListing.none(problem));
  }

  private static DeviceListing.Entry entry(OpenCLDevice target) {
    return new DeviceListing.Entry(
        kind(target),
        target.getName(),
        target.getOpenCLPlatform().getName(),
        target.getOpenCLPlatform().getVersion(),
        target.getGlobalMemSize(),
        target.getMaxComputeUnits());
  }

  private static Device.Kind kind(OpenCLDevice target) {
    return switch (target.getType()) {
      case GPU -> Device.Kind.GPU;
      case CPU -> Device.Kind.CPU;
      default -> Device.Kind.ACCELERATOR;
    };
  }
}
