package org.aparanet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.file.OutputClaim;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Model;
import org.aparanet.model.PixelNormalization;
import org.aparanet.train.ClassWeights;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.ParameterAverage;
import org.aparanet.train.Preset;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.run.PreparedTraining;
import org.aparanet.train.run.Weights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network: the way in for Java programs.
 *
 * <pre>{@code
 * DataSet mnist = DataSets.open("mnist", Path.of("data"));
 * Model model = Training.network("conv 16 3 nobias, pool 2, dense 10")
 *     .epochs(2).batch(8).learningRate(0.07).seed(1).device("auto").run(mnist).model();
 * model.save(Path.of("digits.safetensors"));
 * }</pre>
 *
 * <p>What is not set follows from the network, as docs/training.md says. A value that is not
 * allowed is refused with an {@link IllegalArgumentException} whose message is a sentence, at the
 * latest before the first step. It runs once at a time, on any thread.
 */
public final class Training {
  private static final Logger LOGGER = LoggerFactory.getLogger(Training.class);

  private Settings settings = new Settings();
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Consumer<String> notes = LOGGER::info;
  private Optional<Preset> preset = Optional.empty();
  private Optional<Weights> weights = Optional.empty();
  private Optional<Path> checkpoints = Optional.empty();
  private Optional<Checkpoint> from = Optional.empty();
  private boolean resumes;
  private volatile boolean stopped;
  private final AtomicBoolean running = new AtomicBoolean();

  private Training() {}

  /**
   * Trains a network.
   *
   * @param text its layers, such as {@code conv 16 3, pool 2, dense 10}, or its name: {@code
   *     article}, {@code lenet}, {@code deep}, {@code resnet20}, {@code resnet18} or {@code
   *     resnet34}
   * @return the training, of which more can be set
   */
  public static Training network(String text) {
    return new Training().set(Setting.NETWORK, Objects.requireNonNull(text, "text"));
  }

  /**
   * Trains by a preset; what is set beside it takes the place of its own.
   *
   * @param name such as {@code photos}, which suits any small pictures, or {@code mnist-fast}
   * @return the training, of which more can be set
   * @throws IllegalArgumentException if there is no preset of that name
   */
  public static Training recipe(String name) {
    return new Training()
        .preset(
            Preset.named(Objects.requireNonNull(name, "name"))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "\""
                                + name
                                + "\" is no preset; there are "
                                + String.join(", ", Preset.labels()))));
  }

  /**
   * Trains a model further, all its layers or, with {@link #freeze}, the last ones.
   *
   * @param model file of the model
   * @return the training, of which more can be set
   */
  public static Training model(Path model) {
    return new Training().weights(model);
  }

  /**
   * Continues a training from its newest checkpoint, as if it had never been interrupted. Its
   * settings are those with which it began; the device, files and how often something is kept may
   * be set anew.
   *
   * @param folder of the checkpoints
   * @return the training, of which more can be set
   */
  public static Training resume(Path folder) {
    Training training = new Training().checkpoints(folder);
    training.resumes = true;
    return training;
  }

  /**
   * Continues a training from a checkpoint that was read from {@code folder}.
   *
   * @param folder of the checkpoints
   * @param checkpoint from which to continue
   * @return the training, of which more can be set
   */
  public static Training resume(Path folder, Checkpoint checkpoint) {
    Training training = new Training().checkpoints(folder);
    training.from = Optional.of(Objects.requireNonNull(checkpoint, "checkpoint"));
    return training;
  }

  /**
   * Trains with some settings.
   *
   * @param settings what is set
   * @return the training, of which more can be set
   */
  public static Training of(Settings settings) {
    return new Training().settings(Objects.requireNonNull(settings, "settings"));
  }

  /**
   * Sets all of {@code others}.
   *
   * @param others what is set, and takes the place of what was
   * @return this training
   */
  public Training settings(Settings others) {
    settings = Objects.requireNonNull(others, "others").over(settings);
    return this;
  }

  /**
   * Takes what is not set from a preset.
   *
   * @param named the preset
   * @return this training
   */
  public Training preset(Preset named) {
    preset = Optional.of(Objects.requireNonNull(named, "named"));
    return this;
  }

  /**
   * Starts from the parameters of a model, and with its network if none is named.
   *
   * @param model file of the model
   * @return this training
   */
  public Training weights(Path model) {
    return startFrom(new Weights(model));
  }

  /**
   * The same, of a file that may have been read already.
   *
   * @param model file of the model; {@link #run} reads it anew
   * @return this training
   */
  public Training startFrom(Weights model) {
    weights = Optional.of(Objects.requireNonNull(model, "model"));
    return this;
  }

  /**
   * Trains with the first images only.
   *
   * @param images how many, at least 1
   * @return this training
   */
  public Training limit(int images) {
    if (images < 1) {
      throw new IllegalArgumentException("a limit of " + images + " images; it must be at least 1");
    }
    return set(Setting.LIMIT, images);
  }

  /**
   * Passes over the training images.
   *
   * @param epochs how many, at least 1
   * @return this training
   */
  public Training epochs(int epochs) {
    return set(Setting.EPOCHS, epochs);
  }

  /**
   * Images in a step.
   *
   * @param images how many, at least 1
   * @return this training
   */
  public Training batch(int images) {
    return set(Setting.BATCH, images);
  }

  /**
   * Largest learning rate of the run.
   *
   * @param rate above 0
   * @return this training
   */
  public Training learningRate(double rate) {
    return set(Setting.LEARNING_RATE, (float) rate);
  }

  /**
   * How the learning rate changes, such as {@code one-cycle} or {@code warmup 100, cosine}.
   *
   * @param text of the schedule
   * @return this training
   */
  public Training schedule(String text) {
    return set(Setting.SCHEDULE, LearningRateSchedule.parse(Objects.requireNonNull(text, "text")));
  }

  /**
   * How a step moves the parameters.
   *
   * @param rule which of them
   * @return this training
   */
  public Training optimizer(Optimizer.Rule rule) {
    return set(Setting.OPTIMIZER, Objects.requireNonNull(rule, "rule"));
  }

  /**
   * Largest learning rate of the last layer; without it that of the layers before.
   *
   * @param rate finite and above 0
   * @return this training
   */
  public Training headRate(double rate) {
    return set(Setting.HEAD_RATE, (float) rate);
  }

  /**
   * Momentum of momentum and nesterov; beta1 of adam and adamw.
   *
   * @param momentum 0 to below 1
   * @return this training
   */
  public Training momentum(double momentum) {
    return set(Setting.MOMENTUM, (float) momentum);
  }

  /**
   * Decay rate of the second moment, of adam and adamw.
   *
   * @param beta2 0 to below 1
   * @return this training
   */
  public Training beta2(double beta2) {
    return set(Setting.BETA2, (float) beta2);
  }

  /**
   * Factor of the weight decay.
   *
   * @param decay at least 0
   * @return this training
   */
  public Training weightDecay(double decay) {
    return set(Setting.WEIGHT_DECAY, (float) decay);
  }

  /**
   * Largest norm of a step's gradient.
   *
   * @param norm above 0
   * @return this training
   */
  public Training clipNorm(double norm) {
    return set(Setting.CLIP_NORM, (float) norm);
  }

  /**
   * Layers, from the first, that keep their parameters, best those of {@link #weights}.
   *
   * @param layers how many; 0 for none
   * @return this training
   */
  public Training freeze(int layers) {
    return set(Setting.FREEZE, layers);
  }

  /**
   * Part of each label that is shared out among all classes, 0 to below 1.
   *
   * @param part 0 to below 1
   * @return this training
   */
  public Training labelSmoothing(double part) {
    return set(Setting.LABEL_SMOOTHING, (float) part);
  }

  /**
   * How much the images of each class count in the loss.
   *
   * @param weights balanced, so that all classes count the same together, or none
   * @return this training
   */
  public Training classWeights(ClassWeights weights) {
    return set(Setting.CLASS_WEIGHTS, Objects.requireNonNull(weights, "weights"));
  }

  /**
   * Random changes of the training images, such as {@code shift 2, rotate 10, scale 0.1}.
   *
   * @param text of the changes
   * @return this training
   */
  public Training augment(String text) {
    return set(Setting.AUGMENT, Objects.requireNonNull(text, "text"));
  }

  /**
   * Exponential moving average of the parameters, which is tested and kept in their place.
   *
   * @param text such as {@code 0.99}, of which a step leaves that part, {@code 0.99 every 10} or
   *     {@code none}
   * @return this training
   */
  public Training ema(String text) {
    return set(Setting.EMA, ParameterAverage.ema(Objects.requireNonNull(text, "text")));
  }

  /**
   * Mean of the parameters over the last part of the run, which is tested and kept in their place.
   *
   * @param text such as {@code 5epochs}, {@code 0.25}, {@code 0.25 every 10} or {@code none}
   * @return this training
   */
  public Training swa(String text) {
    return set(Setting.SWA, ParameterAverage.swa(Objects.requireNonNull(text, "text")));
  }

  /**
   * Normalises each channel by the mean and standard deviation of the training images.
   *
   * @return this training
   */
  public Training normalize() {
    settings.remove(Setting.MEAN).remove(Setting.STD);
    return set(Setting.NORMALIZE, true);
  }

  /**
   * Normalises each channel by a given mean and standard deviation.
   *
   * @param normalization a mean and a standard deviation for each channel
   * @return this training
   */
  public Training normalize(PixelNormalization normalization) {
    Objects.requireNonNull(normalization, "normalization");
    settings.remove(Setting.NORMALIZE);
    set(Setting.MEAN, new ChannelValues(normalization.mean()));
    return set(Setting.STD, new ChannelValues(normalization.std()));
  }

  /**
   * Part of the training images that is held out; the result is the epoch that is best on it.
   *
   * @param part above 0 and below 1
   * @return this training
   */
  public Training validation(double part) {
    return set(Setting.VALIDATION, (float) part);
  }

  /**
   * Epochs without improvement on the validation images after which training stops.
   *
   * @param epochs how many, at least 1
   * @return this training
   */
  public Training patience(int epochs) {
    return set(Setting.PATIENCE, epochs);
  }

  /**
   * Epochs from test to test; the last epoch is always tested.
   *
   * @param epochs how many, at least 1
   * @return this training
   */
  public Training testEvery(int epochs) {
    return set(Setting.TEST_EVERY, epochs);
  }

  /**
   * Seed of the first parameters and of all else that is random.
   *
   * @param seed any number
   * @return this training
   */
  public Training seed(long seed) {
    return set(Setting.SEED, seed);
  }

  /**
   * Whether each epoch has an order of its own.
   *
   * @param shuffle false for the order of the set
   * @return this training
   */
  public Training shuffle(boolean shuffle) {
    return set(Setting.NO_SHUFFLE, !shuffle);
  }

  /**
   * Device to train on: {@code auto}, {@code gpu}, {@code cpu} or {@code opencl:N}.
   *
   * @param choice as {@code --device} takes it
   * @return this training
   */
  public Training device(String choice) {
    return set(Setting.DEVICE, DeviceChoices.parse(Objects.requireNonNull(choice, "choice")));
  }

  /**
   * Devices to train on together: {@code gpu}, {@code cpu} and {@code opencl:N}, of which one may
   * come several times, or {@code all} alone, every GPU that works and the Java engine. Each takes
   * a share of every batch.
   *
   * @param choices at least one
   * @return this training
   */
  public Training devices(String... choices) {
    return device(String.join(",", Objects.requireNonNull(choices, "choices")));
  }

  /**
   * Steps that several devices take between two averagings of what they learned; 1 without it.
   *
   * @param steps how many, at least 1
   * @return this training
   */
  public Training round(int steps) {
    return set(Setting.ROUND, steps);
  }

  /**
   * Shares of each batch, in the order of the devices; without it they are by measured speed.
   *
   * @param parts one for each device or more, such as {@code 3:1}
   * @return this training
   */
  public Training share(String parts) {
    return set(Setting.SHARE, Shares.parse(Objects.requireNonNull(parts, "parts")));
  }

  /**
   * Gives all devices equal shares, so that the same training gives the same model on devices of
   * the same kind.
   *
   * @return this training
   */
  public Training deterministic() {
    return set(Setting.DETERMINISTIC, true);
  }

  /**
   * Threads of the Java engine, of each of its sessions where several train together.
   *
   * @param threads how many, at least 1
   * @return this training
   */
  public Training threads(int threads) {
    return set(Setting.THREADS, threads);
  }

  /**
   * Where softmax and loss are computed.
   *
   * @param place device or host
   * @return this training
   */
  public Training softmax(TrainingPlan.Softmax place) {
    return set(Setting.SOFTMAX, Objects.requireNonNull(place, "place"));
  }

  /**
   * How much work may be lost when a device fails: steps, such as 500, or seconds, such as 30s.
   *
   * @param interval such as {@code 500} or {@code 30s}
   * @return this training
   */
  public Training syncEvery(String interval) {
    return set(
        Setting.SYNC_EVERY, SyncInterval.parse(Objects.requireNonNull(interval, "interval")));
  }

  /**
   * Folder to keep checkpoints in.
   *
   * @param folder of the checkpoints
   * @return this training
   * @throws IllegalArgumentException if the path is empty
   */
  public Training checkpoints(Path folder) {
    checkpoints =
        Optional.of(OutputClaim.named(Objects.requireNonNull(folder, "folder"), "checkpoints"));
    return this;
  }

  /**
   * How often a checkpoint is written within an epoch: steps, or seconds, such as 60s.
   *
   * @param interval such as {@code 500} or {@code 60s}
   * @return this training
   */
  public Training checkpointEvery(String interval) {
    return set(
        Setting.CHECKPOINT_EVERY, SyncInterval.parse(Objects.requireNonNull(interval, "interval")));
  }

  /**
   * How many of the last checkpoints are kept.
   *
   * @param checkpoints how many, at least 1
   * @return this training
   */
  public Training checkpointKeep(int checkpoints) {
    return set(Setting.CHECKPOINT_KEEP, checkpoints);
  }

  /**
   * File to write the trained model to.
   *
   * @param model file, which replaces an older one
   * @return this training
   * @throws IllegalArgumentException if the path is empty
   */
  public Training output(Path model) {
    return set(Setting.OUTPUT, OutputClaim.named(Objects.requireNonNull(model, "model"), "output"));
  }

  /**
   * File to write a line of JSON to for each step and each epoch.
   *
   * @param file that replaces an older one
   * @return this training
   * @throws IllegalArgumentException if the path is empty
   */
  public Training history(Path file) {
    return set(Setting.HISTORY, OutputClaim.named(Objects.requireNonNull(file, "file"), "history"));
  }

  /**
   * Is told how the training goes; may be called several times.
   *
   * @param listener beside those of earlier calls
   * @return this training
   */
  public Training listener(TrainingListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Sets who is told why no GPU is used, and what takes a while, in a sentence each; else it is
   * logged.
   *
   * @param listener to be told
   * @return this training
   */
  public Training notes(Consumer<String> listener) {
    notes = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Has the run that is under way, or else the next one, end after its present step, or with
   * softmax on the device after those that were sent to it together, 16 at most. Its result is that
   * of the steps so far, or the best epoch so far if there are validation images; with checkpoints,
   * it can be resumed. Any thread may call this, a listener too. A run that is refused leaves it to
   * the next one.
   */
  public void stop() {
    stopped = true;
  }

  private Training set(Setting<?> setting, Object value) {
    settings.set(setting, value);
    return this;
  }

  /**
   * {@return all settings, with those of the checkpoint, and of the preset as far as they do not
   * depend on the images}
   */
  public Settings settings() {
    return overCheckpoint(chosen(Preset::settings));
  }

  private Settings overCheckpoint(Settings all) {
    return from.map(checkpoint -> all.over(checkpoint.run().settings())).orElse(all);
  }

  /** A copy of what is set, with the settings of the preset. */
  private Settings chosen(Function<Preset, Settings> ofPreset) {
    return preset
        .map(named -> settings.overPreset(ofPreset.apply(named), weights.isPresent()))
        .orElseGet(() -> settings.over(new Settings()));
  }

  private Settings chosen(DataSet set) {
    ImageSet images = settings.get(Setting.LIMIT).map(set.train()::first).orElse(set.train());
    return chosen(named -> named.settings(images, set.validation().isPresent()));
  }

  /**
   * Trains until the last epoch, or until {@link #stop} or an interrupt of this thread, which is
   * the same and still set afterwards. What is set meanwhile, is for the next run.
   *
   * @param set images to train and test with
   * @return the trained model, and how the training went
   * @throws IllegalArgumentException if a setting is not allowed, or does not suit the images, or
   *     two files would be one
   * @throws IllegalStateException if this training is running already
   * @throws org.aparanet.model.ModelFileException if a model or checkpoint cannot be read or
   *     written
   * @throws org.aparanet.engine.EngineException if the device that was named cannot be used
   * @throws org.aparanet.train.TrainingFailedException if training diverges or the device fails,
   *     with the last parameters that were good
   * @throws java.io.UncheckedIOException if the history cannot be written; where that shows at the
   *     end, the model is written before
   */
  public Result run(DataSet set) {
    Objects.requireNonNull(set, "set");
    if (!running.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this training is running already; wait for its end, or make another one");
    }
    AtomicBoolean heeded = new AtomicBoolean();
    try {
      TrainingRun run =
          new TrainingRun(
              chosen(set),
              weights.map(Weights::file),
              checkpoints,
              from,
              resumes,
              List.copyOf(listeners),
              notes);
      return run.run(
          set,
          () -> {
            heeded.set(true);
            return stopped;
          });
    } finally {
      if (heeded.get()) { // a run that was refused leaves it to the next
        stopped = false;
      }
      running.set(false);
    }
  }

  /**
   * Makes sure that settings, network, images and checkpoint go together.
   *
   * @param set images to train and test with
   * @return the training, ready to run
   * @throws IllegalArgumentException if they do not
   */
  public PreparedTraining prepare(DataSet set) {
    Objects.requireNonNull(set, "set");
    return new PreparedTraining(overCheckpoint(chosen(set)), weights, checkpoints, from, set);
  }

  /**
   * What a training achieved.
   *
   * @param model the network with the trained parameters
   * @param training the best epoch, times and devices
   * @param epochs the epochs that were finished, in their order
   */
  public record Result(Model model, TrainingResult training, List<TrainingListener.Epoch> epochs) {

    /** {@return the accuracy of the model on the test images} */
    public Accuracy accuracy() {
      return training.test();
    }
  }
}
