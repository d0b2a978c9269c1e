package org.aparanet.train;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aparanet.data.DataSets;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.train.TrainingPlan.Softmax;

/**
 * Defaults of a {@link TrainingPlan}: settings that were not given depend on the network and the
 * optimizer. docs/training.md has the sources of the values.
 */
final class PlanDefaults {
  private static final float MOMENTUM = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float ADAMW_DECAY = 0.01f;
  private static final float ADAM_RATE = 0.001f;

  private PlanDefaults() {}

  /**
   * Defaults for a network, with plain SGD.
   *
   * @param epochs passes over the training images
   * @param batch images in a step
   * @param learningRate learning rate of plain SGD
   */
  private record Suited(int epochs, int batch, float learningRate) {}

  private static Suited suited(Network network) {
    boolean normalized = network.normalization().isPresent();
    return NamedNetwork.of(network)
        .map(named -> suited(named, normalized))
        .orElse(new Suited(3, 64, 0.05f));
  }

  /** Normalised pixels are larger, and with them the steps of layers that nothing else bounds. */
  private static Suited suited(NamedNetwork network, boolean normalized) {
    return switch (network) {
      case ARTICLE -> new Suited(6, 8, normalized ? 0.01f : 0.07f);
      case LENET -> new Suited(3, 32, 0.05f);
      case DEEP, RESNET20 -> new Suited(3, 128, 0.1f);
      case RESNET18, RESNET34 -> new Suited(3, 32, 0.05f);
    };
  }

  /**
   * @throws SettingException if the settings do not go together
   */
  static void check(Settings settings) {
    InputNormalization.check(settings);
    if (settings.get(Setting.DATA).map(PlanDefaults::isNamed).orElse(true)) {
      checkPatience(settings);
    } // else the folder may have validation images of its own
    augmentation(settings);
    classWeights(settings);
    average(settings);
    optimizer(settings);
    DeviceSettings.check(settings);
  }

  /**
   * @throws SettingException if the settings do not go together
   * @throws IllegalArgumentException if a value is out of its range
   */
  static TrainingPlan plan(Settings settings, Network network) {
    TrainingPlan plan = planOfOneRate(settings, network);
    plan = plan.withRounds(DeviceSettings.rounds(settings, plan.batch()));
    Optional<Float> headRate = settings.get(Setting.HEAD_RATE);
    Network learning = plan.freeze() == 0 ? network : network.behind(plan.freeze());
    if (headRate.isPresent() && learning.firstLearning() == learning.head().index()) {
      throw SettingException.refused(
          Setting.HEAD_RATE,
          "the last layer, "
              + network.head().layer().text()
              + ", is the only one that learns; "
              + Setting.LEARNING_RATE.name()
              + " is its rate",
          null);
    }
    return headRate.isPresent() ? plan.withHeadRate(headRate.get()) : plan;
  }

  private static TrainingPlan planOfOneRate(Settings settings, Network network) {
    Suited suited = suited(network);
    Optimizer optimizer = optimizer(settings);
    int epochs = settings.get(Setting.EPOCHS).orElse(suited.epochs());
    return TrainingPlan.of(
            epochs,
            settings.get(Setting.BATCH).orElse(suited.batch()),
            settings
                .get(Setting.LEARNING_RATE)
                .orElseGet(() -> learningRate(optimizer, suited.learningRate())))
        .withSeed(seed(settings))
        .withShuffle(!settings.get(Setting.NO_SHUFFLE).orElse(false))
        .withSync(settings.get(Setting.SYNC_EVERY).orElse(SyncInterval.DEFAULT))
        .withOptimizer(optimizer)
        .withSchedule(settings.get(Setting.SCHEDULE).orElse(LearningRateSchedule.CONSTANT))
        .withLabelSmoothing(settings.get(Setting.LABEL_SMOOTHING).orElse(0f))
        .withClassWeights(classWeights(settings))
        .withAugmentation(augmentation(settings))
        .withTestEvery(settings.get(Setting.TEST_EVERY).orElse(1))
        .withPatience(settings.get(Setting.PATIENCE).orElse(0))
        .withFreeze(FrozenCount.of(settings, network))
        .withAverage(average(settings, epochs))
        .withSoftmax(settings.get(Setting.SOFTMAX).orElse(Softmax.HOST));
  }

  /** Seed of all that is random. */
  static long seed(Settings settings) {
    return settings.get(Setting.SEED).orElse(1L);
  }

  /**
   * @throws SettingException if there is a patience, but nothing is held out
   */
  static void checkPatience(Settings settings) {
    if (settings.has(Setting.PATIENCE) && !settings.has(Setting.VALIDATION)) {
      throw SettingException.needs(
          Setting.PATIENCE,
          Setting.VALIDATION,
          "the part of the training images to hold out, such as 0.1");
    }
  }

  private static boolean isNamed(String data) {
    return DataSets.names().contains(DataSets.canonical(data));
  }

  private static Augmentation augmentation(Settings settings) {
    Optional<String> text = settings.get(Setting.AUGMENT);
    try {
      return text.map(Augmentation::parse).orElse(Augmentation.NONE);
    } catch (IllegalArgumentException e) {
      throw SettingException.refused(Setting.AUGMENT, e.getMessage(), e);
    }
  }

  /** A device computes its loss without weights; nobody should believe that it has them. */
  private static ClassWeights classWeights(Settings settings) {
    ClassWeights weights = settings.get(Setting.CLASS_WEIGHTS).orElse(ClassWeights.NONE);
    if (weights != ClassWeights.NONE
        && settings.get(Setting.SOFTMAX).orElse(Softmax.HOST) == Softmax.DEVICE) {
      throw SettingException.refused(
          Setting.SOFTMAX,
          "device computes a loss without "
              + Setting.CLASS_WEIGHTS.name()
              + "; leave it out, so that the host weighs the classes",
          null);
    }
    return weights;
  }

  /** A run has one average; without one the last parameters count. */
  private static ParameterAverage average(Settings settings) {
    ParameterAverage ema = settings.get(Setting.EMA).orElse(ParameterAverage.NONE);
    ParameterAverage swa = settings.get(Setting.SWA).orElse(ParameterAverage.NONE);
    if (ema != ParameterAverage.NONE && swa != ParameterAverage.NONE) {
      throw SettingException.refused(
          Setting.SWA,
          swa.text()
              + " and "
              + Setting.EMA.name()
              + " "
              + ema.text()
              + "; a run has one average, so leave one of them out",
          null);
    }
    return ema != ParameterAverage.NONE ? ema : swa;
  }

  private static ParameterAverage average(Settings settings, int epochs) {
    ParameterAverage average = average(settings);
    if (average instanceof ParameterAverage.Mean mean && mean.epochs() > epochs) {
      throw SettingException.refused(
          Setting.SWA,
          "the last " + mean.epochs() + " of " + epochs + " epochs; it takes all of them at most",
          null);
    }
    return average;
  }

  private static Optimizer optimizer(Settings settings) {
    Rule rule = settings.get(Setting.OPTIMIZER).orElse(Rule.SGD);
    requireMoments(settings, Setting.MOMENTUM, rule, 1);
    requireMoments(settings, Setting.BETA2, rule, 2);
    float momentum = settings.get(Setting.MOMENTUM).orElse(MOMENTUM);
    float beta2 = settings.get(Setting.BETA2).orElse(BETA2);
    float clipNorm = settings.get(Setting.CLIP_NORM).orElse(Float.POSITIVE_INFINITY);
    float decay = settings.get(Setting.WEIGHT_DECAY).orElse(rule == Rule.ADAMW ? ADAMW_DECAY : 0);
    return switch (rule) {
      case SGD -> new Optimizer(rule, 0, 0, decay, clipNorm);
      case MOMENTUM, NESTEROV -> new Optimizer(rule, momentum, 0, decay, clipNorm);
      case ADAM, ADAMW -> new Optimizer(rule, momentum, beta2, decay, clipNorm);
    };
  }

  private static void requireMoments(
      Settings settings, Setting<Float> setting, Rule rule, int moments) {
    if (settings.has(setting) && rule.moments() < moments) {
      throw SettingException.refused(
          setting,
          OptimizerNames.of(rule)
              + " has none; those that have one are "
              + Arrays.stream(Rule.values())
                  .filter(other -> other.moments() >= moments)
                  .map(OptimizerNames::of)
                  .collect(Collectors.joining(", ")),
          null);
    }
  }

  /**
   * The learning rate of an optimizer.
   *
   * @param plain that of plain SGD; a momentum adds up about 1 / (1 - momentum) gradients, and
   *     divides it by as much
   */
  private static float learningRate(Optimizer optimizer, float plain) {
    return switch (optimizer.rule()) {
      case SGD -> plain;
      case MOMENTUM, NESTEROV ->
          decimal(plain)
              .multiply(BigDecimal.ONE.subtract(decimal(optimizer.momentum())))
              .floatValue();
      case ADAM, ADAMW -> ADAM_RATE;
    };
  }

  /** Decimal of a float's shortest text, so that 0.05 times 0.1 is 0.005. */
  private static BigDecimal decimal(float value) {
    return new BigDecimal(Float.toString(value));
  }
}
