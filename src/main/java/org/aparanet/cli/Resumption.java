package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.ResumedArguments;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.aparanet.train.checkpoint.RunIdentity;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Goes on with a training from its checkpoints. */
final class Resumption {
  private Resumption() {}

  /**
   * Claims the folder and reads the newest checkpoint. Afterwards the command's options are those
   * with which its training began, and those of now beside them.
   *
   * @throws ParameterException if an option is given that may not stand beside --resume
   */
  static Checkpoint begin(CommandSpec spec, Path folder, Claims claims) {
    ResumedArguments.check(spec);
    try {
      claims.folder(folder);
    } catch (ClaimedException e) {
      throw new CommandException(
          "option --resume: folder " + folder + ": " + IoReason.of(e) + "; wait for its end", e);
    }
    PrintWriter err = spec.commandLine().getErr();
    Checkpoint checkpoint =
        CheckpointFolder.newest(folder, damaged -> err.println("left out: " + damaged));
    List<String> arguments = ResumedArguments.merge(spec, checkpoint.run(), folder);
    err.printf(
        Locale.ROOT,
        "going on after step %d of the training with %s%n",
        checkpoint.snapshot().position().step(),
        String.join(" ", arguments));
    try {
      spec.commandLine().parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new CommandException(
          folder + ": its checkpoints have options that cannot be read: " + e.getMessage(), e);
    }
    return checkpoint;
  }

  /**
   * Makes sure that what would be computed now is what was begun.
   *
   * @throws CommandException if it is not
   */
  static void requireSameRun(RunIdentity kept, RunIdentity now) {
    if (!kept.data().equals(now.data())) {
      throw new CommandException(
          "the checkpoints are of a training with other images ("
              + kept.data()
              + ") than there are now ("
              + now.data()
              + ")");
    }
    List<String> differences = kept.differences(now);
    if (!differences.isEmpty()) {
      throw new CommandException(
          "the checkpoints are of a training with another "
              + String.join(", ", differences)
              + " than this version of aparanet would go on with");
    }
  }
}
