package org.aparanet.cli.option;

import java.io.IOException;
import java.net.BindException;
import org.aparanet.file.IoReason;

/** The sentence for a port that cannot be listened on. */
public final class PortRefusal {
  private PortRefusal() {}

  /**
   * A refusal.
   *
   * @param option that gives the port
   * @param all the options that say where to listen, such as {@code option --watch}
   * @param port with its address, if that was given, too
   * @param cause what the system says
   */
  public static CommandException of(String option, String all, String port, IOException cause) {
    boolean bound = cause instanceof BindException;
    if (bound && String.valueOf(cause.getMessage()).contains("in use")) {
      return new CommandException(
          "option "
              + option
              + ": port "
              + port
              + " is in use; give another one, or 0 for one that is free",
          cause);
    }
    return new CommandException(
        all
            + ": this machine cannot listen on port "
            + port
            + ": "
            + (bound ? cause.getMessage() : IoReason.of(cause)),
        cause);
  }
}
