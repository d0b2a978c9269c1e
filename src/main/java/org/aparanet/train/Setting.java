package org.aparanet.train;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Shape;

/**
 * A setting of a training, by the name that it has on the command line and in checkpoints.
 *
 * @param <T> type of its values
 */
public final class Setting<T> {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})x([0-9]{1,5})");

  /** Name or folder of the data set. */
  public static final Setting<String> DATA = text("data");

  /** Shape that the images of a folder are resized to. */
  public static final Setting<Shape> INPUT =
      new Setting<>("input", Shape.class, Setting::shape, Setting::sides);

  /** Number of training images to take, from the first. */
  public static final Setting<Integer> LIMIT = whole("limit");

  /** Name of the network, or its layers as text. */
  public static final Setting<String> NETWORK = text("network");

  /** Number of layers, from the first, that keep their parameters. */
  public static final Setting<Integer> FREEZE = whole("freeze");

  /** Mean of each channel, which is subtracted from its pixels in units of 0 to 1. */
  public static final Setting<ChannelValues> MEAN = channels("mean");

  /** Standard deviation of each channel, by which its pixels are divided then. */
  public static final Setting<ChannelValues> STD = channels("std");

  /** Whether mean and standard deviation are those of the training images. */
  public static final Setting<Boolean> NORMALIZE = flag("normalize");

  /** Passes over the training images. */
  public static final Setting<Integer> EPOCHS = whole("epochs");

  /** Images in a step. */
  public static final Setting<Integer> BATCH = whole("batch");

  /** Largest learning rate of the run. */
  public static final Setting<Float> LEARNING_RATE = decimal("learning-rate");

  /** Largest learning rate of the head, the last layer; without it that of the others. */
  public static final Setting<Float> HEAD_RATE = decimal("head-rate");

  /** How the learning rate changes. */
  public static final Setting<LearningRateSchedule> SCHEDULE =
      new Setting<>(
          "schedule",
          LearningRateSchedule.class,
          LearningRateSchedule::parse,
          LearningRateSchedule::text);

  /** Rule of the optimizer. */
  public static final Setting<Rule> OPTIMIZER =
      new Setting<>("optimizer", Rule.class, Setting::rule, OptimizerNames::of);

  /** Momentum of momentum and nesterov; beta1 of adam and adamw. */
  public static final Setting<Float> MOMENTUM = decimal("momentum");

  /** Decay rate of the second moment, of adam and adamw. */
  public static final Setting<Float> BETA2 = decimal("beta2");

  /** Factor of the weight decay. */
  public static final Setting<Float> WEIGHT_DECAY = decimal("weight-decay");

  /** Largest norm of a step's gradient. */
  public static final Setting<Float> CLIP_NORM = decimal("clip-norm");

  /** Part of each label that is spread over all classes. */
  public static final Setting<Float> LABEL_SMOOTHING = decimal("label-smoothing");

  /** How much the images of each class count in the loss. */
  public static final Setting<ClassWeights> CLASS_WEIGHTS =
      new Setting<>(
          "class-weights",
          ClassWeights.class,
          text ->
              ClassWeights.named(text)
                  .orElseThrow(() -> new IllegalArgumentException("there are no weights " + text)),
          ClassWeights::label);

  /** Random changes of the training images, as text. */
  public static final Setting<String> AUGMENT = text("augment");

  /** Exponential moving average of the parameters, or none. */
  public static final Setting<ParameterAverage> EMA = average("ema", ParameterAverage::ema);

  /** Mean of the parameters over the last part of the run, or none. */
  public static final Setting<ParameterAverage> SWA = average("swa", ParameterAverage::swa);

  /** Part of the training images that is held out to choose the best epoch. */
  public static final Setting<Float> VALIDATION = decimal("validation");

  /** Epochs without improvement after which training stops. */
  public static final Setting<Integer> PATIENCE = whole("patience");

  /** Epochs from test to test. */
  public static final Setting<Integer> TEST_EVERY = whole("test-every");

  /** Seed of the first parameters and of all else that is random. */
  public static final Setting<Long> SEED =
      new Setting<>("seed", Long.class, Long::valueOf, String::valueOf);

  /** Whether the images keep the order of the data set. */
  public static final Setting<Boolean> NO_SHUFFLE = flag("no-shuffle");

  /** Device to train on, or several that train together. */
  public static final Setting<DeviceChoices> DEVICE =
      new Setting<>("device", DeviceChoices.class, DeviceChoices::parse, DeviceChoices::toString);

  /** Steps of several devices between two averagings. */
  public static final Setting<Integer> ROUND = whole("round");

  /** Shares of each batch, one for each device or more. */
  public static final Setting<Shares> SHARE =
      new Setting<>("share", Shares.class, Shares::parse, Shares::toString);

  /** Whether the shares are equal whatever the devices are, so that runs repeat to the bit. */
  public static final Setting<Boolean> DETERMINISTIC = flag("deterministic");

  /** Whether each share has a part of the images of its own, as on a cluster. */
  public static final Setting<Boolean> SHARDED = flag("sharded");

  /** Threads of the Java engine. */
  public static final Setting<Integer> THREADS = whole("threads");

  /** Where softmax and loss are computed. */
  public static final Setting<TrainingPlan.Softmax> SOFTMAX =
      new Setting<>(
          "softmax",
          TrainingPlan.Softmax.class,
          text -> TrainingPlan.Softmax.valueOf(text.toUpperCase(Locale.ROOT)),
          place -> place.name().toLowerCase(Locale.ROOT));

  /** How much work may be lost when a device fails. */
  public static final Setting<SyncInterval> SYNC_EVERY = interval("sync-every");

  /** File of the trained model. */
  public static final Setting<Path> OUTPUT = path("output");

  /** File of the history. */
  public static final Setting<Path> HISTORY = path("history");

  /** File of the page with the results. */
  public static final Setting<Path> HTML = path("html");

  /** How often a checkpoint is written within an epoch. */
  public static final Setting<SyncInterval> CHECKPOINT_EVERY = interval("checkpoint-every");

  /** How many of the last checkpoints are kept. */
  public static final Setting<Integer> CHECKPOINT_KEEP = whole("checkpoint-keep");

  private static final List<Setting<?>> ALL =
      List.of(
          DATA,
          INPUT,
          LIMIT,
          NETWORK,
          FREEZE,
          MEAN,
          STD,
          NORMALIZE,
          EPOCHS,
          BATCH,
          LEARNING_RATE,
          HEAD_RATE,
          SCHEDULE,
          OPTIMIZER,
          MOMENTUM,
          BETA2,
          WEIGHT_DECAY,
          CLIP_NORM,
          LABEL_SMOOTHING,
          CLASS_WEIGHTS,
          AUGMENT,
          EMA,
          SWA,
          VALIDATION,
          PATIENCE,
          TEST_EVERY,
          SEED,
          NO_SHUFFLE,
          DEVICE,
          ROUND,
          SHARE,
          DETERMINISTIC,
          SHARDED,
          THREADS,
          SOFTMAX,
          SYNC_EVERY,
          OUTPUT,
          HISTORY,
          HTML,
          CHECKPOINT_EVERY,
          CHECKPOINT_KEEP);

  private final String name;
  private final Class<T> type;
  private final Function<String, T> reader;
  private final Function<? super T, String> writer;

  private Setting(
      String name, Class<T> type, Function<String, T> reader, Function<? super T, String> writer) {
    this.name = name;
    this.type = type;
    this.reader = reader;
    this.writer = writer;
  }

  private static Setting<String> text(String name) {
    return new Setting<>(name, String.class, Function.identity(), Function.identity());
  }

  private static Setting<Integer> whole(String name) {
    return new Setting<>(name, Integer.class, Integer::valueOf, String::valueOf);
  }

  private static Setting<Float> decimal(String name) {
    return new Setting<>(name, Float.class, Float::valueOf, Setting::plain);
  }

  private static Setting<Boolean> flag(String name) {
    return new Setting<>(name, Boolean.class, Boolean::valueOf, String::valueOf);
  }

  private static Setting<ChannelValues> channels(String name) {
    return new Setting<>(name, ChannelValues.class, ChannelValues::parse, ChannelValues::toString);
  }

  private static Setting<Path> path(String name) {
    return new Setting<>(name, Path.class, Path::of, Path::toString);
  }

  private static Setting<ParameterAverage> average(
      String name, Function<String, ParameterAverage> reader) {
    return new Setting<>(name, ParameterAverage.class, reader, ParameterAverage::text);
  }

  private static Setting<SyncInterval> interval(String name) {
    return new Setting<>(name, SyncInterval.class, SyncInterval::parse, SyncInterval::toString);
  }

  /**
   * {@return the setting of a name, such as {@code epochs}, or none}
   *
   * @param name of the setting
   */
  public static Optional<Setting<?>> named(String name) {
    return ALL.stream().filter(setting -> setting.name.equals(name)).findFirst();
  }

  /** {@return the name, such as {@code learning-rate}} */
  public String name() {
    return name;
  }

  /** A value of this setting, which it has to be. */
  T cast(Object value) {
    return type.cast(value);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if it is none
   */
  T read(String text) {
    return reader.apply(text);
  }

  /** A value as text that {@link #read} reads. */
  String write(Object value) {
    return writer.apply(cast(value));
  }

  private static Rule rule(String text) {
    return OptimizerNames.named(text)
        .orElseThrow(() -> new IllegalArgumentException("there is no optimizer " + text));
  }

  /** A number without an exponent, such as {@code 0.0005}. */
  private static String plain(float value) {
    return new BigDecimal(Float.toString(value)).stripTrailingZeros().toPlainString();
  }

  /** Unlike {@link Shape#toString}, all three sides in any case. */
  private static String sides(Shape shape) {
    return shape.channels() + "x" + shape.height() + "x" + shape.width();
  }

  private static Shape shape(String text) {
    Matcher sides = SHAPE.matcher(text);
    if (!sides.matches()) {
      throw new IllegalArgumentException(text + " is no shape");
    }
    return new Shape(
        Integer.parseInt(sides.group(1)),
        Integer.parseInt(sides.group(2)),
        Integer.parseInt(sides.group(3)));
  }
}
