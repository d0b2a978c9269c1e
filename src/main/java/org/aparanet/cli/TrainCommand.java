package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.CheckpointOptions;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.DeviceOptions;
import org.aparanet.cli.option.InputOption;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.OutputFile;
import org.aparanet.cli.option.PageOption;
import org.aparanet.cli.option.PlanOptions;
import org.aparanet.cli.option.Recipe;
import org.aparanet.cli.option.ResumedArguments;
import org.aparanet.cli.show.NetworkTable;
import org.aparanet.cli.show.ProgressDisplay;
import org.aparanet.cli.show.ProgressDisplays;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Suggestion;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Preset;
import org.aparanet.train.NetworkMatch;
import org.aparanet.train.Position;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingDivergedException;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.checkpoint.RunIdentity;
import org.aparanet.train.history.History;
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
      "  aparanet train --data photos --network lenet --epochs 20 --checkpoint run1"
    })
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = OptionConverters.RecipeName.class,
      completionCandidates = Candidates.Recipes.class,
      description =
          "mnist-fast, mnist-best, fashion-best or cifar-small: all options of a training in one;"
              + " those that are given beside it count.")
  private Recipe recipe;

  @Mixin private DataOption data;
  @Mixin private InputOption input;

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      completionCandidates = Candidates.Networks.class,
      description =
          "article, lenet or deep, or layers such as \"conv 32 3 same relu, pool 2, dense 10\""
              + " (default: article, or the network of --weights).")
  private String networkText;

  @Mixin private DeviceOptions device;

  @Mixin private PlanOptions plans;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = OptionConverters.Limit.class,
      description = "Train with the first N images only.")
  private Integer limit;

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

  private final Claims claims = new Claims();

  @Override
  public void run() {
    try (claims) {
      train();
    }
  }

  private void train() {
    Optional<Checkpoint> from =
        Optional.ofNullable(checkpoints.resume())
            .map(folder -> Resumption.begin(spec, folder, claims));
    if (recipe != null) {
      takeRecipe();
    }
    checkpoints.checkDiffers("--output", output);
    checkpoints.checkDiffers("--history", history);
    page.checkFolder(checkpoints);
    Path historyPart = history == null ? null : History.part(history);
    OutputFile.check("--output", output, claims);
    OutputFile.check("--history", history, claims);
    OutputFile.check("--history", historyPart, claims);
    page.check(claims);
    page.checkDiffers("--output", output);
    page.checkDiffers("--history", history);
    page.checkDiffers("--history", historyPart);
    page.checkDiffers("--weights", weights);
    for (Path written : history == null ? List.<Path>of() : List.of(history, historyPart)) {
      if (output != null && OutputFile.same(output, written)) {
        throw new ParameterException(
            spec.commandLine(),
            "options --output and --history both name " + output + "; they need two files");
      }
    }
    plans.check();
    checkpoints.check(from.isPresent(), claims);
    PrintWriter err = spec.commandLine().getErr();
    DataSet set = data.open(Home.data(), input, err);
    ImageSet images = limit == null ? set.train() : set.train().first(limit);
    Model start = from.map(Checkpoint::model).orElseGet(() -> start(images));
    TrainingData parts = plans.data(images, set.test());
    TrainingPlan plan = plans.plan(start.network());
    TrainingSummary text = new TrainingSummary(start.network(), plan, plans.validation());
    Optional<RunIdentity> run = identity(text, parts, start);
    from.ifPresent(checkpoint -> Resumption.requireSameRun(checkpoint.run(), run.orElseThrow()));
    err.println(TrainingSummary.of(parts));
    NetworkTable.print(start.network(), err);
    try (Engines.Opened opened = device.open(start.network(), plan.batch(), err)) {
      err.println("training on " + opened.session().device() + ": " + text.line());
      err.flush();
      TrainingResult result = train(opened, parts, start, plan, text, run, from);
      if (CommandContext.of(spec).isVerbose()) {
        opened.session().traffic().ifPresent(this::printTraffic);
      }
      Model trained = start.withParameters(result.parameters());
      Optional<Path> whole = from.isPresent() ? Optional.ofNullable(history) : Optional.empty();
      try {
        page.write(opened.session(), set.test(), trained, plan, result, whole);
      } finally { // last, as whoever reads it may stop reading
        spec.commandLine()
            .getOut()
            .println(
                ResultLine.of(
                    result.test(), result.seconds(), result.imagesPerSecond(), result.devices()));
      }
    }
  }

  /** Reads the options once more, with those of the recipe. */
  private void takeRecipe() {
    Map<String, String> given = ResumedArguments.given(spec, false);
    given.remove("--preset");
    spec.commandLine().parseArgs(recipe.with(given).toArray(String[]::new));
  }

  private Optional<RunIdentity> identity(TrainingSummary text, TrainingData parts, Model start) {
    return checkpoints.isOn()
        ? Optional.of(
            new RunIdentity(
                text.description(),
                RunIdentity.digest(parts),
                ResumedArguments.of(spec, start.network().text())))
        : Optional.empty();
  }

  /** The network with the parameters to start from. */
  private Model start(ImageSet images) {
    if (weights != null && networkText == null) {
      Model model = ModelFile.load(weights);
      NetworkMatch.check(model.network(), images);
      return images.classNames().isEmpty() ? model : model.withClassNames(images.classNames());
    }
    Network network = network(images);
    NetworkMatch.check(network, images);
    float[] parameters =
        weights == null
            ? Initialization.suited(network).draw(network, plans.seed())
            : ModelFile.loadParameters(weights, network);
    return new Model(network, parameters, images.classNames());
  }

  private Network network(ImageSet images) {
    String text = networkText == null ? Preset.ARTICLE.label() : networkText;
    try {
      Optional<Preset> preset = Preset.named(text);
      return preset.isPresent()
          ? preset.get().network(images.shape(), images.classes())
          : NetworkText.parse(images.shape(), text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "option --network: neither a preset ("
              + Preset.labels()
              + ") nor layers that fit together: "
              + e.getMessage()
              + Suggestion.question(text, Preset.names()),
          e);
    }
  }

  private TrainingResult train(
      Engines.Opened opened,
      TrainingData parts,
      Model start,
      TrainingPlan plan,
      TrainingSummary text,
      Optional<RunIdentity> run,
      Optional<Checkpoint> from) {
    PrintWriter err = spec.commandLine().getErr();
    Position position = from.map(c -> c.snapshot().position()).orElse(Position.START);
    try (History written = history == null ? null : openHistory(text, from);
        ProgressDisplay progress =
            ProgressDisplays.open(err, plan, parts.train().count(), position)) {
      List<TrainingListener> listeners = new ArrayList<>(List.of(progress));
      if (written != null) {
        listeners.add(written);
      }
      page.listener().ifPresent(listeners::add);
      Trainer trainer =
          new Trainer(
              opened.session(),
              opened.canFallBack() ? Optional.of(opened::fallBack) : Optional.empty(),
              parts,
              plan,
              TrainingListener.all(listeners),
              run.flatMap(r -> checkpoints.open(start, r, Optional.ofNullable(written))));
      TrainingResult result =
          from.isPresent()
              ? trainer.resume(from.get().snapshot())
              : trainer.run(start.parameters());
      result.best().ifPresent(best -> progress.line(TrainingSummary.of(best)));
      if (output != null) {
        ModelFile.save(output, start.withParameters(result.parameters()));
        progress.line("wrote " + output);
      }
      return result;
    } catch (TrainingFailedException e) {
      String again =
          from.isPresent() && e instanceof TrainingDivergedException
              ? "; --resume keeps the options of the training, so begin another one for that"
              : "";
      throw new CommandException(e.getMessage() + again + "; " + rescue(start, e), e);
    }
  }

  private History openHistory(TrainingSummary text, Optional<Checkpoint> from) {
    return from.isPresent()
        ? History.resume(history, text.description(), from.get().snapshot().position(), claims)
        : new History(history, text.description(), claims);
  }

  private void printTraffic(DeviceTraffic traffic) {
    double steps = Math.max(1, traffic.steps());
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "kernels built in %.2f s, first step %.3f s; each of %d steps: %.1f passes in %.1f"
                + " executes, %,.0f bytes to the device, %,.0f back%n",
            traffic.buildSeconds(),
            traffic.firstStepSeconds(),
            traffic.steps(),
            traffic.passes() / steps,
            traffic.executes() / steps,
            traffic.uploadedBytes() / steps,
            traffic.downloadedBytes() / steps);
  }

  /** Keeps what a failed run had learned; says what became of it. */
  private String rescue(Model start, TrainingFailedException e) {
    if (e.step() == 0) {
      return "nothing learned before that was kept, and no model was written";
    }
    String parameters = "the parameters after step " + e.step() + " were still good";
    if (output == null) {
      return parameters + ", but were not kept for want of --output";
    }
    try {
      ModelFile.save(output, start.withParameters(e.parameters()));
    } catch (ModelFileException full) {
      return parameters + ", but could not be written either: " + full.getMessage();
    }
    return parameters + " and are in " + output;
  }
}
