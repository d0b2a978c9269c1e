package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.List;
import org.aparanet.cli.show.ClosedOutputException;
import picocli.CommandLine.IVersionProvider;

/** Text of {@code --version}. */
final class Version implements IVersionProvider {

  /** Names of the option; the others have it from picocli. */
  private static final List<String> NAMES = List.of("--version", "-V");

  /**
   * Whether the arguments ask for the program's version and for nothing else: that can be said
   * before the commands are made, which takes most of such a process's time.
   */
  static boolean isAskedFor(String... arguments) {
    return arguments.length == 1 && NAMES.contains(arguments[0]);
  }

  /**
   * Prints the version as picocli would.
   *
   * @return the exit status
   */
  static int print(PrintWriter out, PrintWriter err) {
    try {
      for (String line : lines()) {
        out.println(line);
      }
      return out.checkError() ? Failures.resultsLost(err) : 0;
    } catch (ClosedOutputException e) {
      return ClosedOutputException.STATUS;
    }
  }

  @Override
  public String[] getVersion() {
    return lines();
  }

  private static String[] lines() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "aparanet " + (version == null ? "(not packaged)" : version),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
    };
  }
}
