package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.aparanet.Training;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.GivenSettings;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.CheckpointFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Continues a training from its checkpoints. */
final class Resumption {

  /** Options that are allowed with --resume, since they do not change the result. */
  private static final Set<String> ALLOWED =
      Set.of(
          "--output",
          "--history",
          "--html",
          "--device",
          "--threads",
          "--softmax",
          "--sync-every",
          "--checkpoint-every",
          "--checkpoint-keep",
          "--resume",
          "--watch",
          "--verbose");

  private Resumption() {}

  /**
   * Claims the folder and reads the newest checkpoint. The settings are those of its training, but
   * for those that are given now.
   *
   * @throws ParameterException if an option is given that is not allowed with --resume
   */
  static Training begin(CommandSpec spec, Path folder, Claims claims) {
    check(spec, ALLOWED);
    try {
      claims.folder(folder);
    } catch (ClaimedException e) {
      throw new CommandException(
          "option --resume: folder " + folder + ": " + IoReason.of(e) + "; wait for its end", e);
    }
    PrintWriter err = spec.commandLine().getErr();
    Checkpoint checkpoint =
        CheckpointFolder.newest(folder, damaged -> err.println("left out: " + damaged));
    Training training = Training.resume(folder, checkpoint).settings(GivenSettings.of(spec));
    err.printf(
        Locale.ROOT,
        "going on after step %d of the training with %s --checkpoint=%s%n",
        checkpoint.snapshot().position().step(),
        training.settings(),
        folder);
    return training;
  }

  /**
   * Makes sure that no option would change the result.
   *
   * @param allowed options beside --resume
   * @throws ParameterException if another one is given
   */
  static void check(CommandSpec spec, Set<String> allowed) {
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!allowed.contains(option.longestName())) {
        throw new ParameterException(
            spec.commandLine(),
            "option "
                + option.longestName()
                + " cannot stand beside --resume, for the training goes on as it began; allowed are "
                + String.join(", ", allowed.stream().sorted().toList()));
      }
    }
  }
}
