package org.aparanet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.aparanet.data.DataSet;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.file.Claims;
import org.aparanet.file.Interrupts;
import org.aparanet.file.IoReason;
import org.aparanet.file.OutputClaim;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFileException;
import org.aparanet.train.MismatchException;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.aparanet.train.history.History;
import org.aparanet.train.run.FileClash;
import org.aparanet.train.run.PreparedTraining;
import org.aparanet.train.run.Weights;

/**
 * One run of a {@link Training}, with what was set when it began.
 *
 * @param given what is set, with the settings of a recipe
 * @param weights model to start from, if there is one
 * @param checkpoints folder in which the run is kept, if it is
 * @param from checkpoint to continue from, if it is known
 * @param resumes whether to continue from the newest one
 * @param listeners are told how it goes
 * @param notes is told what takes a while
 */
record TrainingRun(
    Settings given,
    Optional<Path> weights,
    Optional<Path> checkpoints,
    Optional<Checkpoint> from,
    boolean resumes,
    List<TrainingListener> listeners,
    Consumer<String> notes) {

  /**
   * Trains. An interrupt of the thread ends the run as {@code stop} does, and is set again at the
   * end.
   *
   * @param stop asked between steps, and before the first one, whether the run is to end
   */
  Training.Result run(DataSet set, BooleanSupplier stop) {
    try (Interrupts held = Interrupts.heldBack();
        Claims claims = new Claims()) {
      Optional<Checkpoint> start = resumes ? Optional.of(newest(claims)) : from;
      Settings settings =
          start.map(checkpoint -> given.over(checkpoint.run().settings())).orElse(given);
      requireDifferentFiles(settings, start.isPresent());
      checkpoints.ifPresent(folder -> open(folder, start.isPresent(), claims));
      settings.get(Setting.OUTPUT).ifPresent(file -> claim(file, claims));
      settings.get(Setting.HISTORY).ifPresent(file -> History.claim(file, claims));
      PreparedTraining begun =
          new PreparedTraining(settings, weights.map(Weights::new), checkpoints, start, set);
      begun.notes().forEach(notes);
      try (OpenedDevices opened = begun.open(Engines::new, notes)) {
        PreparedTraining prepared = begun.divided(opened, notes);
        return run(prepared, opened, settings, claims, () -> stop.getAsBoolean() | held.came());
      }
    }
  }

  private Training.Result run(
      PreparedTraining prepared,
      OpenedDevices opened,
      Settings settings,
      Claims claims,
      BooleanSupplier stop) {
    try (History history = prepared.openHistory(claims).orElse(null)) {
      EpochRecorder epochs = new EpochRecorder();
      List<TrainingListener> all = new ArrayList<>(List.of(epochs));
      all.addAll(listeners);
      TrainingResult result =
          prepared.run(
              opened,
              TrainingListener.all(all),
              Optional.ofNullable(history),
              TrainingControl.stoppedWhen(stop));
      Model model = prepared.start().withParameters(result.parameters());
      settings.get(Setting.OUTPUT).ifPresent(model::save);
      return new Training.Result(model, result, epochs.all());
    }
  }

  private Checkpoint newest(Claims claims) {
    Path folder = checkpoints.orElseThrow();
    CheckpointFolder.claim(folder, claims);
    return CheckpointFolder.newest(folder, damaged -> {});
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

  private static void open(Path folder, boolean resumed, Claims claims) {
    CheckpointFolder.claim(folder, claims);
    if (!resumed && CheckpointFolder.holdsSome(folder)) {
      throw new MismatchException(
          "folder "
              + folder
              + " holds checkpoints of a training; resume it, or name another folder");
    }
    CheckpointFolder.prepare(folder);
  }

  private static void claim(Path output, Claims claims) {
    try {
      OutputClaim.take(output, claims);
    } catch (IOException e) {
      throw new ModelFileException(output + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }
}
