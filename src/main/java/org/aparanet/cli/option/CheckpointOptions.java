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
   * The folder in which the training is kept, if it is; one that is resumed is kept where it was.
   */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder).or(this::resumed);
  }

  /**
   * Makes sure, before hours of work, that checkpoints can be kept, and by this process alone.
   *
   * @param resumed whether those that are there already are of this run
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
   * Makes sure that a file of the command is not the folder, nor has the name of a file that is
   * kept there.
   *
   * @param option the option that names the file
   * @param file the file, or null if the option was not given
   */
  public void checkDiffers(String option, Path file) {
    Path kept = folder().orElse(null);
    if (kept == null || file == null) {
      return;
    }
    Path around = file.toAbsolutePath().getParent();
    boolean within =
        CheckpointFolder.isOwn(file) && around != null && OutputFile.same(around, kept);
    if (within || OutputFile.same(file, kept)) {
      throw new ParameterException(
          mixee.commandLine(),
          "options "
              + option
              + " and --checkpoint: "
              + file
              + (within ? " is a name that checkpoints have" : " cannot be a file and a folder")
              + "; name another file");
    }
  }

  private void require(String option, Object value) {
    if (value != null) {
      throw new ParameterException(
          mixee.commandLine(), "option " + option + " needs --checkpoint, the folder to write to");
    }
  }
}
