package org.aparanet.mutation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aparanet.ChildJvm;

/**
 * The tests of a mutant in a process of their own, with the changed classes in front of the others.
 */
final class MutantRun {
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx3g",
          "-XX:+UseG1GC",
          "--add-modules",
          "jdk.incubator.vector",
          "-ea",
          "-da:com.aparapi...",
          "-Daparanet.test.require=" + System.getProperty("aparanet.test.require", "opencl"));

  private MutantRun() {}

  /**
   * Runs tests until one fails.
   *
   * @param folder the changed classes, and where the process's output goes
   * @param tests classes from {@code org.aparanet} on, and options of Java, which have a dash
   * @throws MutationException if no test passed or failed, as all were skipped or there are none
   */
  static Verdict run(Path folder, List<String> tests, Duration limit)
      throws IOException, InterruptedException {
    Path answer = folder.resolve("verdict.txt");
    Files.deleteIfExists(answer);
    List<String> options = new ArrayList<>(OPTIONS);
    List<String> arguments = new ArrayList<>(List.of(answer.toString()));
    for (String test : tests) {
      if (test.startsWith("-")) {
        options.add(test);
      } else {
        arguments.add("org.aparanet." + test);
      }
    }
    List<String> command = ChildJvm.command(options, MutantTests.class.getName(), arguments);
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, folder + File.pathSeparator + command.get(classPath));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Verdict(Verdict.Kind.TIMED_OUT, limit.toSeconds() + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    return verdict(Files.exists(answer) ? Files.readString(answer) : "", process.exitValue());
  }

  private static Verdict verdict(String answer, int status) {
    if (answer.startsWith(MutantTests.FAILED)) {
      String test = answer.substring(MutantTests.FAILED.length());
      return new Verdict(Verdict.Kind.KILLED, test);
    }
    if (answer.startsWith(MutantTests.PASSED)) {
      if (answer.equals(MutantTests.PASSED + 0)) {
        throw new MutationException("no test ran: there are none, or all were skipped");
      }
      return new Verdict(Verdict.Kind.SURVIVED, "");
    }
    return new Verdict(Verdict.Kind.CRASHED, "status " + status);
  }
}
