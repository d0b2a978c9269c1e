package org.aparanet.engine.opencl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.Target;

/**
 * Cache file of the list of OpenCL devices, so that the drivers are not loaded for each listing. It
 * is valid for one boot of the system and one state of the drivers' list, of the device files and
 * of the environment variables that drivers read; where any of these is unknown, as on systems
 * other than Linux, nothing is cached.
 */
final class DeviceListingCache {
  private static final int MOST_BYTES = 100_000;
  private static final int DAYS = 7;
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path DRIVERS = Path.of("/etc/OpenCL/vendors");

  /** Prefixes of the environment variables that change what drivers offer. */
  private static final List<String> VARIABLES =
      List.of(
          "OCL_",
          "OPENCL_",
          "OCLGRIND_",
          "POCL_",
          "CL_",
          "CUDA_",
          "NVIDIA_",
          "GPU_",
          "HIP_",
          "ROCR_",
          "HSA_",
          "ZE_",
          "NEO",
          "RUSTICL_",
          "LP_",
          "MESA_",
          "GALLIUM_",
          "LIBGL_",
          "LD_",
          "DISPLAY",
          "JAVA_TOOL_OPTIONS",
          "_JAVA_OPTIONS",
          "JDK_JAVA_OPTIONS");

  private final Path file;
  private final List<String> key;

  private DeviceListingCache(Path file, List<String> key) {
    this.file = file;
    this.key = key;
  }

  /**
   * Cache for this process and the present state of the drivers.
   *
   * @param folder of the cache file
   * @param program version of aparanet
   * @return empty if the state is unknown
   */
  static Optional<DeviceListingCache> of(Path folder, String program) {
    return of(folder, program, System.getenv(), BOOT);
  }

  /** Cache with the given environment, and the file with the boot's identifier. */
  static Optional<DeviceListingCache> of(
      Path folder, String program, Map<String, String> environment, Path boot) {
    try {
      List<String> key = new ArrayList<>();
      key.add("aparanet " + program);
      key.add("boot " + Files.readString(boot).strip());
      key.add("temporary folder " + System.getProperty("java.io.tmpdir"));
      new TreeMap<>(environment)
          .forEach(
              (name, value) -> {
                if (VARIABLES.stream().anyMatch(name::startsWith)) {
                  key.add(name + " " + hash(value));
                }
              });
      addDrivers(key, environment);
      addNames(key, Path.of("/dev"), "nvidia.*|kfd|dri");
      addNames(key, Path.of("/dev/dri"), ".*");
      return Optional.of(
          new DeviceListingCache(
              folder.resolve("devices-" + hash(String.join("\n", key)) + ".txt"), key));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Adds the loader's list: a file for each driver, with the name of its library. */
  private static void addDrivers(List<String> key, Map<String, String> environment)
      throws IOException {
    String folder = environment.get("OCL_ICD_VENDORS");
    Path drivers = folder == null ? DRIVERS : Path.of(folder);
    for (Path driver : list(drivers)) {
      key.add(
          "driver " + driver + " " + hash(Files.readString(driver, StandardCharsets.ISO_8859_1)));
      key.add("of " + Files.getLastModifiedTime(driver));
    }
  }

  private static void addNames(List<String> key, Path folder, String pattern) throws IOException {
    for (Path path : list(folder)) {
      if (path.getFileName().toString().matches(pattern)) {
        key.add(path.toString());
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.isRegularFile(folder) ? List.of(folder) : List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Cached list; empty if there is none, or the file is not as expected. */
  Optional<DeviceListing> read() {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(file);
      return lines.size() > key.size() && lines.subList(0, key.size()).equals(key)
          ? DeviceListing.parse(lines.subList(key.size(), lines.size()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes a list; failures are ignored. */
  void write(DeviceListing listing) {
    List<String> lines = new ArrayList<>(key);
    lines.addAll(listing.lines());
    try {
      Target.makeFolder(file.getParent());
      removeOld();
      AtomicFile.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      // the drivers are asked again next time
    }
  }

  /** Removes the files of other builds of aparanet and of earlier boots. */
  private void removeOld() throws IOException {
    Instant old = Instant.now().minus(DAYS, ChronoUnit.DAYS);
    for (Path path : list(file.getParent())) {
      if (path.getFileName().toString().matches("devices-.*\\.txt")
          && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Removes the file, because the list is no longer valid. */
  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it is found invalid again next time
    }
  }
}
