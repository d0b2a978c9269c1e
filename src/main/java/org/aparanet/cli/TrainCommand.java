package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.Engines;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Preset;
import org.aparanet.train.History;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
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
    sortOptions = false)
final class TrainCommand implements Runnable {
  private static final int BATCH = 64;
  private static final float LEARNING_RATE = 0.05f;
  private static final int EPOCHS = 3;

  @Spec private CommandSpec spec;

  @Mixin private DataOption data;
  @Mixin private InputOption input;

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      description =
          "article, lenet or deep, or layers such as \"conv 32 3 same relu, pool 2, dense 10\""
              + " (default: article, or the network of --weights).")
  private String networkText;

  @Mixin private DeviceOptions device;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Values.Epochs.class,
      description = "Passes over the training images (default: the preset's; 3 for a SPEC).")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Values.Batch.class,
      description = "Images in a training step (default: the preset's; 64 for a SPEC).")
  private Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      converter = Values.LearningRate.class,
      description = "Factor of the gradient (default: the preset's; 0.05 for a SPEC).")
  private Float learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the first parameters and the images' order (default: 1).")
  private Long seed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Values.Limit.class,
      description = "Train with the first N images only.")
  private Integer limit;

  @Option(
      names = "--sync-every",
      paramLabel = "N|Ts",
      description =
          "Bring the parameters to the host every N steps, or T seconds (such as 30s), and at every"
              + " epoch's end: what a device learned since then is lost if it fails (default: 30s).")
  private SyncInterval sync = SyncInterval.DEFAULT;

  @Option(names = "--no-shuffle", description = "Keep the images in file order.")
  private boolean fileOrder;

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

  @Mixin private PageOption page;

  @Override
  public void run() {
    OutputFile.check("--output", output);
    OutputFile.check("--history", history);
    page.check();
    page.checkDiffers("--output", output);
    page.checkDiffers("--history", history);
    page.checkDiffers("--weights", weights);
    if (output != null && history != null && OutputFile.same(output, history)) {
      throw new ParameterException(
          spec.commandLine(),
          "options --output and --history both name " + output + "; they need two files");
    }
    PrintWriter err = spec.commandLine().getErr();
    DataSet set = data.open(input, err);
    ImageSet images = limit == null ? set.train() : set.train().first(limit);
    Model start = start(images);
    TrainingPlan plan = plan(start.network());
    err.printf(
        Locale.ROOT,
        "%s: %d images of %s in %d classes; %s: %d%n",
        images.name(),
        images.count(),
        images.shape(),
        images.classes(),
        set.test().name(),
        set.test().count());
    NetworkTable.print(start.network(), err);
    try (Engines.Opened opened = device.open(start.network(), plan.batch(), err)) {
      err.printf(
          Locale.ROOT,
          "training on %s: epochs %d, batch %d, learning rate %s, seed %d%n",
          opened.session().device(),
          plan.epochs(),
          plan.batch(),
          plan.learningRate(),
          plan.seed());
      err.flush();
      TrainingResult result = train(opened, images, set.test(), start, plan);
      if (Main.of(spec).isVerbose()) {
        opened.session().traffic().ifPresent(this::printTraffic);
      }
      spec.commandLine()
          .getOut()
          .println(
              ResultLine.of(
                  result.test(), result.seconds(), result.imagesPerSecond(), result.devices()));
      Model trained = new Model(start.network(), result.parameters());
      page.write(opened.session(), set.test(), trained, plan, result);
    }
  }

  /** The network with the parameters to start from. */
  private Model start(ImageSet images) {
    if (weights != null && networkText == null) {
      Model model = ModelFile.load(weights);
      Fit.check(model.network(), images);
      return images.classNames().isEmpty() ? model : model.withClassNames(images.classNames());
    }
    Network network = network(images);
    Fit.check(network, images);
    float[] parameters =
        weights == null
            ? Initialization.suited(network).draw(network, seed)
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
              + e.getMessage(),
          e);
    }
  }

  private TrainingPlan plan(Network network) {
    Optional<Preset> preset = Preset.of(network);
    return new TrainingPlan(
        epochs != null ? epochs : preset.map(Preset::epochs).orElse(EPOCHS),
        batch != null ? batch : preset.map(Preset::batch).orElse(BATCH),
        learningRate != null
            ? learningRate
            : preset.map(Preset::learningRate).orElse(LEARNING_RATE),
        seed,
        !fileOrder,
        sync);
  }

  private TrainingResult train(
      Engines.Opened opened, ImageSet images, ImageSet test, Model start, TrainingPlan plan) {
    PrintWriter err = spec.commandLine().getErr();
    try (History written = history == null ? null : new History(history, description(start, plan));
        ProgressDisplay progress = ProgressDisplay.open(err, plan, images.count())) {
      List<TrainingListener> listeners = new ArrayList<>(List.of(progress));
      if (written != null) {
        listeners.add(written);
      }
      page.listener().ifPresent(listeners::add);
      Trainer trainer =
          new Trainer(
              opened.session(),
              opened.canFallBack() ? Optional.of(opened::fallBack) : Optional.empty(),
              images,
              test,
              plan,
              TrainingListener.all(listeners));
      TrainingResult result = trainer.run(start.parameters());
      if (output != null) {
        ModelFile.save(output, start.withParameters(result.parameters()));
        progress.line("wrote " + output);
      }
      return result;
    } catch (TrainingFailedException e) {
      throw new CommandException(e.getMessage() + "; " + rescue(start, e), e);
    }
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
    ModelFile.save(output, start.withParameters(e.parameters()));
    return parameters + " and are in " + output;
  }

  private Map<String, Object> description(Model start, TrainingPlan plan) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("network", start.network().text());
    run.put("input", start.network().input().toString());
    run.put("epochs", plan.epochs());
    run.put("batch", plan.batch());
    run.put("learning_rate", plan.learningRate());
    run.put("seed", plan.seed());
    run.put("shuffle", plan.shuffle());
    return run;
  }
}
