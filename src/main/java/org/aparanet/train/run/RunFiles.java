package org.aparanet.train.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.OutputClaim;
import org.aparanet.model.ModelFileException;
import org.aparanet.train.MismatchException;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.aparanet.train.history.History;

/**
 * The files of a run that a program starts: none may destroy another one, and all are this
 * process's alone.
 *
 * @param weights model to start from, if there is one
 * @param checkpoints folder in which the run is kept, if it is
 * @param claims until when the files are this process's
 */
public record RunFiles(Optional<Path> weights, Optional<Path> checkpoints, Claims claims) {

  /**
   * {@return the newest checkpoint, of a folder that is claimed}
   *
   * @throws ModelFileException if there is none that can be read
   */
  public Checkpoint newest() {
    Path folder = checkpoints.orElseThrow();
    CheckpointFolder.claim(folder, claims);
    return CheckpointFolder.newest(folder, damaged -> {});
  }

  /**
   * Claims what the run writes.
   *
   * @param settings of the run
   * @param resumed whether it goes on from its checkpoints
   * @throws IllegalArgumentException if two files are the same
   * @throws MismatchException if there are checkpoints of another run
   * @throws ModelFileException if a file cannot be written
   */
  public void claim(Settings settings, boolean resumed) {
    requireDifferentFiles(settings, resumed);
    checkpoints.ifPresent(folder -> open(folder, resumed));
    settings.get(Setting.OUTPUT).ifPresent(this::claim);
    settings.get(Setting.HISTORY).ifPresent(file -> History.claim(file, claims));
  }

  /** Nothing that is read may be destroyed by what is written, nor one output by another. */
  private void requireDifferentFiles(Settings settings, boolean resumed) {
    settings.get(Setting.OUTPUT).ifPresent(file -> OutputClaim.named(file, "output"));
    settings.get(Setting.HISTORY).ifPresent(file -> OutputClaim.named(file, "history"));
    Optional<Path> read = resumed ? Optional.empty() : weights;
    FileClash.in(settings, read)
        .ifPresent(
            clash -> {
              throw new IllegalArgumentException(clash.sentence(""));
            });
    if (checkpoints.isPresent()) {
      requireBeside(checkpoints.get(), "output", settings.get(Setting.OUTPUT));
      requireBeside(checkpoints.get(), "history", settings.get(Setting.HISTORY));
      requireBeside(checkpoints.get(), "weights", read);
    }
  }

  private static void requireBeside(Path folder, String name, Optional<Path> file) {
    file.flatMap(path -> CheckpointFolder.clash(folder, path))
        .ifPresent(
            clash -> {
              throw new IllegalArgumentException(
                  name + " and checkpoints: " + file.get() + " " + clash + "; name another file");
            });
  }

  private void open(Path folder, boolean resumed) {
    CheckpointFolder.claim(folder, claims);
    if (!resumed && CheckpointFolder.holdsSome(folder)) {
      throw new MismatchException(
          "folder "
              + folder
              + " holds checkpoints of a training; resume it, or name another folder");
    }
    CheckpointFolder.prepare(folder);
  }

  private void claim(Path output) {
    try {
      OutputClaim.take(output, claims);
    } catch (IOException e) {
      throw new ModelFileException(output + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }
}
