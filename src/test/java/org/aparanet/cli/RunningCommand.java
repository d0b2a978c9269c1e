package org.aparanet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.aparanet.ChildJvm;

/**
 * A command in a process of its own, that a test watches and ends; both its streams go to a file.
 */
final class RunningCommand implements AutoCloseable {
  private final Process process;
  private final Path output;

  /**
   * @param folder where the output and the process's temporary folder, {@code tmp}, go
   * @param environment added to this process's environment
   */
  RunningCommand(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            ChildJvm.command(
                List.of(
                    "-Daparanet.home=" + Path.of("").toAbsolutePath(),
                    "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                    "-Xmx1g"),
                Main.class.getName(),
                List.of(arguments)));
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the output has a text. */
  void await(String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!output().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("no \"" + text + "\" in:\n" + output());
      }
      Thread.sleep(20);
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, Long.toString(pid())).start().waitFor();
  }

  /** The exit status; 128 and the signal's number where a signal ended it. */
  int status() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it has not ended");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
