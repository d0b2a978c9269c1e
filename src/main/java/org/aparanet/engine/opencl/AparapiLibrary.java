package org.aparanet.engine.opencl;

import com.aparapi.internal.opencl.OpenCLLoader;
import com.aparapi.natives.NativeLoader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Aparapi's native library, which Aparapi unpacks into a subfolder of the temporary folder and
 * links with the system's OpenCL loader.
 */
final class AparapiLibrary {
  /** Free space that unpacking needs, in bytes: more than the largest library. */
  private static final long ROOM = 64L << 20;

  private static final Pattern MAPPED =
      Pattern.compile("(/.*/Aparapi[0-9]+)/(libaparapi\\.so)( \\(deleted\\))?$");

  private static Optional<String> problem;

  private AparapiLibrary() {}

  /**
   * Reason why the library cannot be loaded, a sentence without a full stop; empty if it is loaded.
   * The first call loads it.
   */
  static synchronized Optional<String> load() {
    if (problem == null) {
      OpenClDevices.quieten();
      problem = isAvailable() ? Optional.empty() : Optional.of(cause());
      removeUnpacked();
    }
    return problem;
  }

  private static boolean isAvailable() {
    try {
      return OpenCLLoader.isOpenCLAvailable();
    } catch (LinkageError e) { // of the first attempt, or of the class that it left unusable
      return false;
    }
  }

  /** Reason from a second attempt, since Aparapi does not report that of the first. */
  private static String cause() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    Optional<String> unusable = unusable(folder);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    try {
      NativeLoader.load();
      return "Aparapi's native library could not be loaded";
    } catch (IOException | UnsatisfiedLinkError e) {
      return cause(folder, String.valueOf(e.getMessage()));
    }
  }

  /** Reason why a temporary folder has no room for 64 MiB; empty if it has. */
  private static Optional<String> unusable(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.of(temporary(folder, "does not exist"));
    }
    if (!Files.isWritable(folder)) {
      return Optional.of(temporary(folder, "is not writable"));
    }
    try {
      FileStore store = Files.getFileStore(folder);
      if (store.getTotalSpace() > 0 && store.getUsableSpace() < ROOM) {
        return Optional.of(
            temporary(folder, "has only " + (store.getUsableSpace() >> 20) + " MiB free"));
      }
    } catch (IOException e) {
      return Optional.empty(); // unpacking reports the same failure
    }
    return Optional.empty();
  }

  /**
   * Reason as a sentence.
   *
   * @param folder the temporary folder
   * @param message the dynamic linker's, or that of unpacking
   */
  static String cause(Path folder, String message) {
    if (message.contains("failed to map segment") || message.contains("Operation not permitted")) {
      return temporary(folder, "is mounted so that no library in it can be used (noexec)");
    }
    if (message.contains("not compatible with any of the known")) {
      return "Aparapi has no native library for "
          + System.getProperty("os.name")
          + " on "
          + System.getProperty("os.arch");
    }
    if (message.contains("OpenCL")) {
      return "Aparapi's native library could not be loaded, because there is no usable OpenCL loader ("
          + linker(message)
          + "); install one (Debian and Ubuntu: ocl-icd-libopencl1) and your graphics card's driver";
    }
    return "Aparapi's native library could not be loaded (" + linker(message) + ")";
  }

  /** Linker's message without the path of the unpacked library. */
  private static String linker(String message) {
    return message.replaceFirst("^\\S*libaparapi\\S*: ", "");
  }

  private static String temporary(Path folder, String state) {
    return "the temporary folder "
        + folder
        + " "
        + state
        + ", and Aparapi's native library has to be unpacked there; name another one with"
        + " -Djava.io.tmpdir=FOLDER, in the environment variable APARANET_JAVA_OPTIONS or after"
        + " java";
  }

  /**
   * Removes the unpacked file where the system lets a library go on without its file (Linux), so
   * that nothing is left there however the process ends. Elsewhere Java removes it when it ends.
   */
  private static void removeUnpacked() {
    try {
      for (String line : mappings()) {
        Matcher mapped = MAPPED.matcher(line);
        if (mapped.find() && mapped.group(3) == null) {
          Path folder = Path.of(mapped.group(1));
          Files.deleteIfExists(folder.resolve(mapped.group(2)));
          Files.deleteIfExists(folder);
        }
      }
    } catch (IOException e) {
      // Java removes it when it ends
    }
  }

  /** Lines of the process's memory map on Linux; none on other systems. */
  static List<String> mappings() {
    Path list = Path.of("/proc/self/maps");
    try {
      return Files.isReadable(list) ? Files.readAllLines(list) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
