package org.aparanet.engine.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Version of a graphics card's kernel module on Linux. */
final class SystemDriver {
  /** Kernel modules by a word in the OpenCL platform's vendor. */
  private static final Map<String, String> MODULES =
      Map.of("nvidia", "nvidia", "advanced micro devices", "amdgpu");

  private SystemDriver() {}

  /** Version on this system. */
  static Optional<String> version(String vendor) {
    return version(vendor, Path.of("/sys/module"));
  }

  /**
   * @param vendor of the OpenCL platform
   * @param modules parent of the modules' folders, with their versions in files if they have any
   */
  static Optional<String> version(String vendor, Path modules) {
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      if (vendor.toLowerCase(Locale.ROOT).contains(module.getKey())) {
        try {
          return Optional.of(
                  Files.readString(modules.resolve(module.getValue()).resolve("version")).strip())
              .filter(version -> !version.isEmpty());
        } catch (IOException e) {
          return Optional.empty(); // not Linux, or a module without a version
        }
      }
    }
    return Optional.empty();
  }
}
