package org.aparanet.engine.opencl;

import com.aparapi.Kernel;
import com.aparapi.natives.NativeLoader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.aparanet.file.IoReason;
import org.slf4j.LoggerFactory;

/**
 * Short-lived Java process that lists the OpenCL devices, so that unused drivers are not loaded
 * into the main process, and a driver that crashes or hangs ends only this one.
 */
final class DeviceLister {
  /** Time limit of the listing; some drivers take seconds to wake a graphics card. */
  private static final long MOST_SECONDS = 60;

  private DeviceLister() {}

  /** Prints the list. */
  public static void main(String[] arguments) {
    DeviceListing listing = LoadedDevices.load().listing();
    List<String> lines = listing.lines();
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(text, 0, text.length);
    System.out.flush();
    if (listing.problem().isEmpty()) {
      Runtime.getRuntime().halt(0); // not exit(): some drivers crash when unloaded
    }
    System.exit(0); // removes what Aparapi has unpacked
  }

  /** Runs the process; never fails. */
  static DeviceListing run() {
    Process process;
    try {
      process = start();
    } catch (IOException e) { // no java executable, or no further process
      return LoadedDevices.load().listing();
    }
    Thread end = new Thread(process::destroyForcibly, "end of the device lister");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      return answer(process);
    } finally {
      process.destroyForcibly();
      remove(end);
    }
  }

  private static DeviceListing answer(Process process) {
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return DeviceListing.none(
            "the OpenCL drivers did not say within "
                + MOST_SECONDS
                + " s which devices they have; \"clinfo\" may tell which driver hangs");
      }
      byte[] text = process.getInputStream().readAllBytes();
      return DeviceListing.parse(new String(text, StandardCharsets.UTF_8).lines().toList())
          .orElseGet(
              () ->
                  DeviceListing.none(
                      "asking the OpenCL drivers for their devices ended the process that asked,"
                          + " with status "
                          + process.exitValue()
                          + "; \"clinfo\" may tell which driver fails"));
    } catch (IOException e) {
      return DeviceListing.none("the list of OpenCL devices could not be read: " + IoReason.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeviceListing.none("asking the OpenCL drivers for their devices was interrupted");
    }
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(command(DeviceLister.class, "-Xmx64m", classPath()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Command line of a short-lived Java process that can load the drivers. */
  static List<String> command(Class<?> main, String memory, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", memory));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    String temporary = System.getProperty("java.io.tmpdir");
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  /** Class path of the classes that the process needs. */
  private static String classPath() {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(DeviceLister.class, Kernel.class, NativeLoader.class, LoggerFactory.class)) {
      Optional<String> place = place(type);
      if (place.isEmpty()) {
        return System.getProperty("java.class.path");
      }
      places.add(place.get());
    }
    return String.join(File.pathSeparator, places);
  }

  private static Optional<String> place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source == null
          ? Optional.empty()
          : Optional.of(Path.of(source.getLocation().toURI()).toString());
    } catch (URISyntaxException | RuntimeException e) { // no file, as in a jar within a jar
      return Optional.empty();
    }
  }

  static void remove(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      // this process is ending, and runs the hook
    }
  }
}
