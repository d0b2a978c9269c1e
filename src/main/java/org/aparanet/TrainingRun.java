package org.aparanet;

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
import org.aparanet.model.Model;
import org.aparanet.train.EpochRecorder;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.history.History;
import org.aparanet.train.run.PreparedTraining;
import org.aparanet.train.run.RunFiles;
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
      RunFiles files = new RunFiles(weights, checkpoints, claims);
      Optional<Checkpoint> start = resumes ? Optional.of(files.newest()) : from;
      Settings settings =
          start.map(checkpoint -> given.over(checkpoint.run().settings())).orElse(given);
      files.claim(settings, start.isPresent());
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
}
