package org.aparanet.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.aparanet.engine.select.Engines;

/**
 * What a command ended with, and what it printed.
 *
 * @param status exit status
 * @param out all of the standard output
 * @param err all of the standard error stream
 */
record CommandRun(int status, String out, String err) {

  /** Runs a command. */
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), texts(arguments));
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** Runs a command with given engines. */
  static CommandRun with(IntFunction<Engines> engines, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(engines, new PrintWriter(out), new PrintWriter(err), texts(arguments));
    return new CommandRun(status, out.toString(), err.toString());
  }

  private static String[] texts(Object... arguments) {
    return Stream.of(arguments).map(Object::toString).toArray(String[]::new);
  }
}
