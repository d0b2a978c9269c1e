package org.aparanet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a Java process of its own, with this one's class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * What a process left behind.
   *
   * @param status exit status
   * @param out standard output
   * @param err standard error
   */
  public record Outcome(int status, String out, String err) {}

  /**
   * Starts one that the caller ends; what it writes is lost.
   *
   * @param options options of the Java virtual machine
   */
  public static Process start(List<String> options, String main, List<String> arguments)
      throws IOException {
    return new ProcessBuilder(command(options, main, arguments))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Starts one that the caller talks with and ends; errors go into its output. */
  public static Process open(String main, List<String> arguments) throws IOException {
    List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m");
    return new ProcessBuilder(command(options, main, arguments)).redirectErrorStream(true).start();
  }

  /**
   * Runs to the end, at most two minutes.
   *
   * @param options options of the Java virtual machine
   * @param environment added to this process's environment
   */
  public static Outcome run(
      List<String> options, Map<String, String> environment, String main, List<String> arguments)
      throws IOException, InterruptedException {
    return run(Path.of(""), environment, command(options, main, arguments));
  }

  /**
   * Runs any command to the end, at most two minutes.
   *
   * @param folder in which it runs
   * @param environment added to this process's environment
   */
  public static Outcome run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("aparanet-out", ".txt");
    Path err = Files.createTempFile("aparanet-err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new AssertionError("did not end within two minutes: " + command);
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.delete(out);
      Files.delete(err);
    }
  }

  /**
   * The command line of a Java process with this one's class path.
   *
   * @param options options of the Java virtual machine
   */
  public static List<String> command(List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }
}
