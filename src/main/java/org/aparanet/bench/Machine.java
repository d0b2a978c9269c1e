package org.aparanet.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where and with what something was measured.
 *
 * @param processor its name, as far as the operating system tells
 * @param processors how many Java may use
 * @param load the load average before the run; negative if unknown
 * @param system operating system and its version
 * @param java version and name of the virtual machine
 * @param version of aparanet
 * @param commit of the sources, if they are a git working copy; empty otherwise
 */
public record Machine(
    String processor,
    int processors,
    double load,
    String system,
    String java,
    String version,
    String commit) {

  /**
   * Asks this machine.
   *
   * @param home the folder of the program
   */
  public static Machine here(Path home) {
    String version = Machine.class.getPackage().getImplementationVersion();
    return new Machine(
        processorName().orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
        version == null ? "not packaged" : version,
        commitOf(home).orElse(""));
  }

  private static Optional<String> processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // not on Linux
    }
  }

  private static Optional<String> commitOf(Path home) {
    if (!Files.exists(home.resolve(".git"))) {
      return Optional.empty();
    }
    try {
      Process git =
          new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!git.waitFor(5, TimeUnit.SECONDS) || git.exitValue() != 0) {
        git.destroyForcibly();
        return Optional.empty();
      }
      return Optional.of(
              new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
          .filter(text -> !text.isEmpty());
    } catch (IOException e) {
      return Optional.empty(); // there is no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
