package org.aparanet.engine.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The version of a graphics card's driver, as Linux knows it: that of its part in the kernel. */
final class SystemDriver {
  /** By a word in the OpenCL platform's vendor. */
  private static final Map<String, String> MODULES =
      Map.of("nvidia", "nvidia", "advanced micro devices", "amdgpu");

  private SystemDriver() {}

  /** Asks this system. */
  static Optional<String> version(String vendor) {
    return version(vendor, Path.of("/sys/module"));
  }

  /**
   * @param vendor of the OpenCL platform
   * @param modules where each module has a folder, with its version in a file if it has one
   */
  static Optional<String> version(String vendor, Path modules) {
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      if (vendor.toLowerCase(Locale.ROOT).contains(module.getKey())) {
        try {
          return Optional.of(
                  Files.readString(modules.resolve(module.getValue()).resolve("version")).strip())
              .filter(version -> !version.isEmpty());
        } catch (IOException e) {
          return Optional.empty(); // not Linux, or the module tells no version
        }
      }
    }
    return Optional.empty();
  }
}
