package org.aparanet.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.aparanet.file.Claims;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.checkpoint.CheckpointFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for the folder and interval of checkpoints. */
public final class CheckpointOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Keep checkpoints in this folder, from which --resume goes on.")
  private Path folder;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N|Ts",
      description =
          "Write a checkpoint every N steps, or T seconds (such as 60s), and at every epoch's end"
              + " (default: 60s).")
  private SyncInterval every;

  @Option(
      names = "--checkpoint-keep",
      paramLabel = "N",
      converter = OptionConverters.Limit.class,
      description = "How many of the last checkpoints to keep, beside the best model (default: 3).")
  private Integer keep;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the training whose checkpoints are in this folder, as if it had never been"
              + " interrupted.")
  private Path resume;

  /** The folder of the training to continue, if there is one. */
  public Optional<Path> resumed() {
    return Optional.ofNullable(resume);
  }

  /**
   * Folder of the training's checkpoints, if there is one; that of a resumed training is its own.
   */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder).or(this::resumed);
  }

  /**
   * Checks before the training that checkpoints can be written, and by this process alone.
   *
   * @param resumed whether existing checkpoints are of this run
   */
  public void check(boolean resumed, Claims claims) {
    Path kept = folder().orElse(null);
    if (kept == null) {
      require("--checkpoint-every", every);
      require("--checkpoint-keep", keep);
      return;
    }
    CheckpointFolder.claim(kept, claims);
    if (!resumed && CheckpointFolder.holdsSome(kept)) {
      throw new CommandException(
          "option --checkpoint: folder "
              + kept
              + " holds checkpoints of a training; go on with it with --resume "
              + kept
              + ", or name another folder");
    }
    CheckpointFolder.prepare(kept);
  }

  /**
   * Checks that a file of the command is neither the folder nor has the name of a file in it.
   *
   * @param option the option that names the file
   * @param file the file, or null if the option was not given
   */
  public void checkDiffers(String option, Path file) {
    Path kept = folder().orElse(null);
    if (kept == null || file == null) {
      return;
    }
    CheckpointFolder.clash(kept, file)
        .ifPresent(
            clash -> {
              throw new ParameterException(
                  mixee.commandLine(),
                  "options "
                      + option
                      + " and --checkpoint: "
                      + file
                      + " "
                      + clash
                      + "; name another file");
            });
  }

  private void require(String option, Object value) {
    if (value != null) {
      throw new ParameterException(
          mixee.commandLine(), "option " + option + " needs --checkpoint, the folder to write to");
    }
  }
}
