package org.aparanet.cli.option;

import org.aparanet.engine.select.Engines;
import picocli.CommandLine.Model.CommandSpec;

/** Context of all commands of one call. */
public interface CommandContext {

  /**
   * The engines to choose from.
   *
   * @param threads threads of the Java engine
   */
  Engines engines(int threads);

  /** Whether more is logged than usual. */
  boolean isVerbose();

  /** The context of a command: the object behind the root of all commands. */
  static CommandContext of(CommandSpec command) {
    return (CommandContext) command.root().userObject();
  }
}
