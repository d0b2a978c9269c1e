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
 * The list of OpenCL devices as it was last found, kept in a file: whoever only uses the Java
 * engine need not wait for the drivers each time. It holds for one boot of the system and one state
 * of the drivers' list, of the device files and of the environment variables that drivers look at;
 * where any of these cannot be told, as on systems other than Linux, nothing is kept.
 */
final class DeviceListingCache {
  private static final int MOST_BYTES = 100_000;
  private static final int DAYS = 7;
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path DRIVERS = Path.of("/etc/OpenCL/vendors");

  /** Beginnings of the names of environment variables that change what drivers offer. */
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
   * The file for this process, as the drivers stand now.
   *
   * @param folder where to keep it
   * @param program which aparanet this is
   * @return nothing if it could not be told from that of another state
   */
  static Optional<DeviceListingCache> of(Path folder, String program) {
    return of(folder, program, System.getenv(), BOOT);
  }

  /** As above, with the given environment, and the file that tells one boot from another. */
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

  /** The loader's list: a file for each driver, in which the driver's library is named. */
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

  /** What was kept; nothing if there is none, or anything about it is unexpected. */
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

  /** Keeps a list; where that is not possible, it is done without. */
  void write(DeviceListing listing) {
    List<String> lines = new ArrayList<>(key);
    lines.addAll(listing.lines());
    try {
      Target.makeFolder(file.getParent());
      removeOld();
      AtomicFile.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      // asked again next time, and nothing worse
    }
  }

  /** Each build of aparanet and each boot has a file of its own. */
  private void removeOld() throws IOException {
    Instant old = Instant.now().minus(DAYS, ChronoUnit.DAYS);
    for (Path path : list(file.getParent())) {
      if (path.getFileName().toString().matches("devices-.*\\.txt")
          && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Forgets what was kept, because it is no longer true. */
  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // it is found wrong again next time
    }
  }
}
