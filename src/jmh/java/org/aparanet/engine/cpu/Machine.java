package org.aparanet.engine.cpu;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/** What a table of timings has to say about where it comes from. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Date, processor, Java and how busy the machine was. */
  static String description() {
    return "%s, %s, %d processors, Java %s (%s), load average %.1f before the run"
        .formatted(
            LocalDate.now(),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            System.getProperty("java.vm.name"),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** The model where Linux tells it, elsewhere the architecture. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
