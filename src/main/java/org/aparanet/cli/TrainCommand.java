package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.Training;
import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.CheckpointOptions;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.GivenSettings;
import org.aparanet.cli.option.InputOption;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.OutputFile;
import org.aparanet.cli.option.PageOption;
import org.aparanet.cli.option.PlanOptions;
import org.aparanet.cli.option.Seeds;
import org.aparanet.cli.option.TrainDeviceOptions;
import org.aparanet.cli.option.WatchOption;
import org.aparanet.cli.show.NetworkTable;
import org.aparanet.cli.show.ProgressDisplay;
import org.aparanet.cli.show.ProgressDisplays;
import org.aparanet.cli.show.RecallTable;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.data.DataSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.file.Claims;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Shape;
import org.aparanet.train.PhotoRecipe;
import org.aparanet.train.Preset;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingDivergedException;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.history.History;
import org.aparanet.train.run.FileClash;
import org.aparanet.train.run.PreparedTraining;
import org.aparanet.train.run.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network. */
@Command(
    name = "train",
    description = "Train a network, and test it after each epoch.",
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  aparanet train --preset mnist-fast --output mnist.safetensors",
      "  aparanet train --data photos --output photos.safetensors",
      "  aparanet train --data photos --network lenet --epochs 20 --checkpoint run1"
    })
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = OptionConverters.PresetName.class,
      completionCandidates = Candidates.Presets.class,
      description =
          "photos, mnist-fast, mnist-tiny, mnist-best, fashion-best, cifar-small or cifar-best: all options of a"
              + " training in one; those that are given beside it count (for a folder of images and"
              + " without --network or --weights: photos).")
  private Preset preset;

  @Mixin private DataOption data;
  @Mixin private InputOption input;

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      completionCandidates = Candidates.Networks.class,
      description =
          "article, lenet, deep, resnet20, resnet18 or resnet34, or layers such as \"conv 32 3 same"
              + " relu, pool 2, dense 10\""
              + " (default: that of --weights or --preset, otherwise article).")
  private String networkText;

  @Mixin private TrainDeviceOptions device;

  @Mixin private PlanOptions plans;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = OptionConverters.Limit.class,
      description = "Train with the first N images only.")
  private Integer limit;

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      converter = OptionConverters.SeedList.class,
      description =
          "Train once with each of these seeds, such as 1..5 or 1,3,7, and print median and spread"
              + " of accuracy and time; --output keeps the model that is best on the validation"
              + " images, and --history gets a file for each seed.")
  private Seeds seeds;

  @Option(
      names = "--weights",
      paramLabel = "MODEL",
      description = "Start from the parameters of this model file.")
  private Path weights;

  @Option(
      names = "--output",
      paramLabel = "MODEL",
      description = "Write the trained model to this file (safetensors).")
  private Path output;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Write a line of JSON for each step and each epoch to this file.")
  private Path history;

  @Mixin private CheckpointOptions checkpoints;

  @Mixin private PageOption page;

  @Mixin private WatchOption watch;

  private final Claims claims = new Claims();

  @Override
  public void run() {
    try (Watching watching = new Watching(watch.open(), spec.commandLine().getErr())) {
      train(watching);
      watching.awaitEnd(); // files are free for others by then
    } catch (SettingException e) {
      throw SettingRefusal.of(spec, e);
    }
  }

  private void train(Watching watching) {
    try (claims) {
      prepareAndTrain(watching);
    } catch (RuntimeException e) {
      watching.failed(e.getMessage());
      throw e;
    }
  }

  private void prepareAndTrain(Watching watching) {
    boolean resumed = checkpoints.resumed().isPresent();
    Optional<SeedRuns> several =
        Optional.ofNullable(seeds).map(given -> new SeedRuns(spec, given, claims));
    Training training =
        resumed
            ? Resumption.begin(spec, checkpoints.resumed().get(), claims)
            : Training.of(GivenSettings.of(spec));
    Optional<Weights> start = Optional.ofNullable(weights).map(Weights::new);
    start.ifPresent(training::startFrom);
    PrintWriter err = spec.commandLine().getErr();
    boolean unnamed = false;
    if (preset == null && weights == null && !resumed && data.isOfPhotos(training.settings())) {
      preset = PhotoRecipe.PHOTOS;
      unnamed = true;
    }
    Optional.ofNullable(preset).ifPresent(training::preset);
    checkpoints.folder().ifPresent(training::checkpoints);
    Settings settings = training.settings();
    checkFiles(settings);
    several.map(runs -> runs.each(settings)).orElse(List.of(settings)).forEach(this::checkHistory);
    settings.check();
    settings.checkDevices(resumed);
    checkpoints.check(resumed, claims);
    if (unnamed) {
      err.println("no network is named; using --preset " + preset.label());
    }
    boolean unsized = !settings.has(Setting.INPUT) && data.isOfImageFiles(settings);
    Optional<Shape> model =
        unsized ? start.map(named -> named.model().network().input()) : Optional.empty();
    boolean suited = preset == PhotoRecipe.PHOTOS;
    DataSet set = data.open(Home.data(), settings, model, suited, err);
    if (unsized) {
      training.settings(new Settings().set(Setting.INPUT, set.train().shape())); // for --resume
    }
    if (several.isPresent()) {
      several.get().run(training, set);
      return;
    }
    PreparedTraining begun = training.prepare(set);
    begun.notes().forEach(err::println);
    err.println(TrainingSummary.of(begun.data()));
    NetworkTable.print(begun.start().network(), err);
    try (OpenedDevices opened = begun.open(CommandContext.of(spec)::engines, this::note)) {
      PreparedTraining prepared = begun.divided(opened, this::note);
      int sessions = opened.sessions().size();
      opened
          .memory()
          .map(m -> TrainingSummary.of(m, sessions, prepared.plan(), prepared.data()))
          .ifPresent(err::println);
      String devices = TrainingSummary.of(opened.devices(), prepared.plan());
      err.println("training on " + devices + ": " + prepared.summary().line());
      err.flush();
      watching.begin(prepared, opened.devices());
      TrainingResult result = train(opened, prepared, settings, watching);
      if (CommandContext.of(spec).isVerbose()) {
        opened.sessions().forEach(session -> printTraffic(session, sessions > 1));
      }
      Model trained = prepared.start().withParameters(result.parameters());
      RecallTable.print(result.recalls(), trained.classNames(), err);
      Optional<Path> whole = resumed ? settings.get(Setting.HISTORY) : Optional.empty();
      try {
        page.write(working(opened, result), set.test(), trained, prepared.plan(), result, whole);
      } finally { // last, because the output's pipe may be closed
        String line =
            ResultLine.of(
                result.test(),
                result.seconds(),
                result.imagesPerSecond(),
                TrainingSummary.devices(result, prepared.plan()));
        watching.ended(line, result, trained);
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
      }
    }
  }

  /** Checks before the training that all files can be written and none replaces another. */
  private void checkFiles(Settings settings) {
    Path output = settings.get(Setting.OUTPUT).orElse(null);
    page.takeUnlessGiven(settings.get(Setting.HTML));
    checkpoints.checkDiffers("--output", output);
    checkpoints.checkDiffers("--weights", weights);
    page.checkFolder(checkpoints);
    OutputFile.check("--output", output, claims);
    page.check(claims);
    page.checkDiffers("--output", output);
    page.checkDiffers("--weights", weights);
    data.checkDiffers("--output", output, Home.data(), settings);
    data.checkDiffers("--html", page.file(), Home.data(), settings);
  }

  private void checkHistory(Settings settings) {
    Path history = settings.get(Setting.HISTORY).orElse(null);
    Path historyPart = history == null ? null : History.part(history);
    checkpoints.checkDiffers("--history", history);
    OutputFile.check("--history", history, claims);
    OutputFile.check("--history", historyPart, claims);
    page.checkDiffers("--history", history);
    page.checkDiffers("--history", historyPart);
    data.checkDiffers("--history", history, Home.data(), settings);
    data.checkDiffers("--history", historyPart, Home.data(), settings);
    FileClash.in(settings, Optional.ofNullable(weights))
        .ifPresent(
            clash -> {
              throw new ParameterException(spec.commandLine(), "options " + clash.sentence("--"));
            });
  }

  private TrainingResult train(
      OpenedDevices opened, PreparedTraining prepared, Settings settings, Watching watching) {
    PrintWriter err = spec.commandLine().getErr();
    Optional<Path> output = settings.get(Setting.OUTPUT);
    try (History history = prepared.openHistory(claims).orElse(null);
        ProgressDisplay progress =
            ProgressDisplays.open(
                err, prepared.plan(), prepared.data().train().count(), prepared.position())) {
      List<TrainingListener> listeners = new ArrayList<>(List.of(progress));
      page.listener().ifPresent(listeners::add);
      watching.listener().ifPresent(listeners::add);
      TrainingResult result =
          prepared.run(
              opened,
              TrainingListener.all(listeners),
              Optional.ofNullable(history),
              watching.control());
      result.best().ifPresent(best -> progress.line(TrainingSummary.of(best)));
      if (output.isPresent()) {
        prepared.start().withParameters(result.parameters()).save(output.get());
        progress.line("wrote " + output.get());
      }
      return result;
    } catch (TrainingFailedException e) {
      String again =
          checkpoints.resumed().isPresent() && e instanceof TrainingDivergedException
              ? "; --resume keeps the options of the training, so begin another one for that"
              : "";
      throw new CommandException(
          e.getMessage() + again + "; " + rescue(prepared.start(), output, e), e);
    }
  }

  /** A session that has not failed: its device is the last one of the result. */
  private static Session working(OpenedDevices opened, TrainingResult result) {
    Device last = result.devices().get(result.devices().size() - 1);
    return opened.sessions().stream()
        .filter(session -> session.device().equals(last))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void note(String sentence) {
    spec.commandLine().getErr().println(sentence);
    spec.commandLine().getErr().flush();
  }

  private void printTraffic(Session session, boolean named) {
    session
        .traffic()
        .ifPresent(traffic -> printTraffic(named ? session.device() + ": " : "", traffic));
  }

  private void printTraffic(String device, DeviceTraffic traffic) {
    double steps = Math.max(1, traffic.steps());
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "%skernels built in %.2f s, first step %.3f s; each of %d steps: %.1f passes in %.1f"
                + " executes, %,.0f bytes to the device, %,.0f back%n",
            device,
            traffic.buildSeconds(),
            traffic.firstStepSeconds(),
            traffic.steps(),
            traffic.passes() / steps,
            traffic.executes() / steps,
            traffic.uploadedBytes() / steps,
            traffic.downloadedBytes() / steps);
  }

  /** Saves the last good parameters of a failed run, and returns a sentence with their file. */
  static String rescue(Model start, Optional<Path> output, TrainingFailedException e) {
    if (e.step() == 0) {
      return "nothing learned before that was kept, and no model was written";
    }
    String parameters = "the parameters after step " + e.step() + " were still good";
    if (output.isEmpty()) {
      return parameters + ", but were lost; give --output FILE to keep them";
    }
    try {
      start.withParameters(e.parameters()).save(output.get());
    } catch (ModelFileException full) {
      return parameters + ", but could not be written either: " + full.getMessage();
    }
    return parameters + " and are in " + output.get();
  }
}
