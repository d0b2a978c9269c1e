package org.aparanet.cli.option;

import java.io.IOException;
import java.nio.file.Path;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.OutputClaim;

/** Checks of output files before the work begins. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks a file, and claims it.
   *
   * @param option the option that names the file
   * @param file the file, or null if the option was not given
   * @throws CommandException if the file cannot be written, or another process writes it
   */
  public static void check(String option, Path file, Claims claims) {
    if (file == null) {
      return;
    }
    try {
      OutputClaim.take(file, claims);
    } catch (ClaimedException e) {
      throw refusal(option, file, IoReason.of(e) + "; name another file, or wait for its end");
    } catch (IOException e) {
      throw refusal(option, file, IoReason.of(e));
    }
  }

  private static CommandException refusal(String option, Path file, String reason) {
    return new CommandException("option " + option + ": cannot write " + file + ": " + reason);
  }
}
