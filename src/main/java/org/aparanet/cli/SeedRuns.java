package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aparanet.Training;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.Seeds;
import org.aparanet.cli.show.NetworkTable;
import org.aparanet.cli.show.ProgressDisplay;
import org.aparanet.cli.show.ProgressDisplays;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.cli.show.SeedsLine;
import org.aparanet.data.DataSet;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.file.Claims;
import org.aparanet.train.Best;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.history.History;
import org.aparanet.train.run.PreparedTraining;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Trainings that differ in their seeds, one after the other, and what came of all of them. One that
 * fails does not keep the others from being made.
 */
final class SeedRuns {

  /** Options of a single training. */
  private static final List<String> OF_ONE =
      List.of(
          "--seed",
          "--checkpoint",
          "--checkpoint-every",
          "--checkpoint-keep",
          "--resume",
          "--html",
          "--watch");

  private final CommandSpec spec;
  private final Seeds seeds;
  private final Claims claims;
  private final PrintWriter err;
  private Optional<Best> best = Optional.empty();

  /**
   * @param claims has the files that are written
   * @throws ParameterException if an option is given that is for one training
   */
  SeedRuns(CommandSpec spec, Seeds seeds, Claims claims) {
    this.spec = spec;
    this.seeds = seeds;
    this.claims = claims;
    err = spec.commandLine().getErr();
    for (String option : OF_ONE) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(),
            "options "
                + option
                + " and --seeds: "
                + option
                + " is for one training; leave one of them out");
      }
    }
  }

  /** The settings of each training: each has a history of its own. */
  List<Settings> each(Settings settings) {
    return seeds.all().stream().map(seed -> of(settings, seed)).toList();
  }

  private static Settings of(Settings settings, long seed) {
    Settings own = settings.over(new Settings()).set(Setting.SEED, seed);
    settings
        .get(Setting.HISTORY)
        .ifPresent(file -> own.set(Setting.HISTORY, named(file, "-seed" + seed)));
    return own;
  }

  /** Such as {@code run-seed3.jsonl} for {@code run.jsonl}. */
  private static Path named(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    int point = name.lastIndexOf('.');
    int at = point > 0 ? point : name.length();
    return file.resolveSibling(name.substring(0, at) + ending + name.substring(at));
  }

  /**
   * Trains with each seed.
   *
   * @param training with everything but the seed
   * @throws CommandException if one of them failed, after the others
   */
  void run(Training training, DataSet set) {
    PrintWriter out = spec.commandLine().getOut();
    List<TrainingResult> results = new ArrayList<>();
    List<Long> failed = new ArrayList<>();
    boolean first = true;
    for (Settings settings : each(training.settings())) {
      PreparedTraining begun = training.settings(settings).prepare(set);
      if (first) {
        requireValidation(settings, begun);
        begun.notes().forEach(err::println);
        err.println(TrainingSummary.of(begun.data()));
        NetworkTable.print(begun.start().network(), err);
        first = false;
      }
      try {
        results.add(train(begun, settings, out));
      } catch (TrainingFailedException e) {
        failed.add(settings.seed());
        note("seed " + settings.seed() + ": " + e.getMessage());
      }
    }
    if (!results.isEmpty()) {
      out.println(SeedsLine.of(results));
      out.flush();
    }
    if (!failed.isEmpty()) {
      throw new CommandException(
          (failed.size() == 1 ? "the training with seed " : "the trainings with seeds ")
              + failed.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + " failed, as was said above");
    }
  }

  private void requireValidation(Settings settings, PreparedTraining begun) {
    if (settings.has(Setting.OUTPUT) && begun.data().validation().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "options --output and --seeds: which of the models is the best one, validation images"
              + " tell; give --validation, such as 0.1, or leave --output out");
    }
  }

  private TrainingResult train(PreparedTraining begun, Settings settings, PrintWriter out) {
    try (OpenedDevices opened = begun.open(CommandContext.of(spec)::engines, this::note)) {
      PreparedTraining prepared = begun.divided(opened, this::note);
      String devices = TrainingSummary.of(opened.devices(), prepared.plan());
      note("training on " + devices + ": " + prepared.summary().line());
      TrainingResult result = train(opened, prepared);
      out.println(
          "seed "
              + settings.seed()
              + ": "
              + ResultLine.of(
                  result.test(),
                  result.seconds(),
                  result.imagesPerSecond(),
                  TrainingSummary.devices(result, prepared.plan())));
      out.flush();
      settings.get(Setting.OUTPUT).ifPresent(file -> keep(file, settings.seed(), prepared, result));
      return result;
    }
  }

  private TrainingResult train(OpenedDevices opened, PreparedTraining prepared) {
    try (History history = prepared.openHistory(claims).orElse(null);
        ProgressDisplay progress =
            ProgressDisplays.open(
                err, prepared.plan(), prepared.data().train().count(), prepared.position())) {
      TrainingResult result =
          prepared.run(
              opened,
              progress,
              Optional.ofNullable(history),
              TrainingControl.stoppedWhen(() -> false));
      result.best().ifPresent(epoch -> progress.line(TrainingSummary.of(epoch)));
      return result;
    }
  }

  /** Writes a model if it is better on its validation images than those of the seeds before. */
  private void keep(Path file, long seed, PreparedTraining prepared, TrainingResult result) {
    Best own = result.best().orElseThrow();
    if (best.map(Best::score).map(own.score()::improvesOn).orElse(true)) {
      prepared.start().withParameters(result.parameters()).save(file);
      best = result.best();
      note("wrote " + file + ": seed " + seed + " is the best one on the validation images so far");
    }
  }

  private void note(String sentence) {
    err.println(sentence);
    err.flush();
  }
}
