package org.aparanet.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.aparanet.data.DataSets;
import org.aparanet.engine.Device;
import org.aparanet.engine.Optimizer.Rule;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.model.Network;

/**
 * Given settings of a training, in their order; {@link PlanDefaults} has the values of all others.
 * As text they are arguments such as {@code --epochs=3}, which checkpoints keep.
 */
public final class Settings {
  /** Settings that suit one optimizer only. */
  private static final Set<Setting<?>> OF_THE_OPTIMIZER =
      Set.of(
          Setting.LEARNING_RATE,
          Setting.HEAD_RATE,
          Setting.MOMENTUM,
          Setting.BETA2,
          Setting.WEIGHT_DECAY);

  /** Of data on another file system, such as {@code hdfs://host/photos}. */
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");

  private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

  /** No settings. */
  public Settings() {}

  /**
   * Sets a value.
   *
   * @param setting which one
   * @param value of its type
   * @return these settings with that one
   * @throws ClassCastException if the value is not of the setting's type
   * @throws NullPointerException if there is none
   */
  public Settings set(Setting<?> setting, Object value) {
    values.put(setting, Objects.requireNonNull(setting.cast(value), setting.name()));
    return this;
  }

  /**
   * Forgets a value.
   *
   * @param setting whose value is as if it had never been set
   * @return these settings
   */
  public Settings remove(Setting<?> setting) {
    values.remove(setting);
    return this;
  }

  /**
   * {@return the value of a setting, if it was given}
   *
   * @param <T> type of the value
   * @param setting which one
   */
  public <T> Optional<T> get(Setting<T> setting) {
    return Optional.ofNullable(setting.cast(values.get(setting)));
  }

  /**
   * {@return whether a setting was given}
   *
   * @param setting which one
   */
  public boolean has(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /**
   * {@return the union of these settings and those of {@code base}; these take precedence}
   *
   * @param base settings that count where these are not set
   */
  public Settings over(Settings base) {
    Settings both = new Settings();
    both.values.putAll(base.values);
    both.values.putAll(values);
    return both;
  }

  /**
   * These settings in place of those of a preset. A preset's learning rate, momentum and decay go
   * with its optimizer alone, and mean and standard deviation are not measured where they are
   * given.
   *
   * @param preset settings that count where these are not set
   * @param ownNetwork whether the network is that of a model, unless one is among these settings
   * @return the settings of both
   */
  public Settings overPreset(Settings preset, boolean ownNetwork) {
    Settings base = new Settings().over(preset);
    Optional<Rule> rule = get(Setting.OPTIMIZER);
    if (rule.isPresent() && !rule.equals(base.get(Setting.OPTIMIZER))) {
      base.values.keySet().removeAll(OF_THE_OPTIMIZER);
    }
    if (has(Setting.MEAN) || has(Setting.STD) || ownNetwork) {
      base.remove(Setting.NORMALIZE); // a model has its own
    }
    if (ownNetwork) {
      base.remove(Setting.NETWORK);
    }
    if (has(Setting.EMA) || has(Setting.SWA)) { // a run has one average
      base.remove(Setting.EMA).remove(Setting.SWA);
    }
    return over(base);
  }

  /** The settings of a plan that are not as they are without any. */
  static Settings of(TrainingPlan plan) {
    TrainingPlan plain = TrainingPlan.of(plan.epochs(), plan.batch(), plan.learningRate());
    Settings settings =
        new Settings()
            .set(Setting.EPOCHS, plan.epochs())
            .set(Setting.BATCH, plan.batch())
            .set(Setting.LEARNING_RATE, plan.learningRate());
    settings.setUnless(Setting.HEAD_RATE, plan.headRate(), plan.learningRate());
    if (plan.optimizer().rule() != plain.optimizer().rule()) {
      settings.set(Setting.OPTIMIZER, plan.optimizer().rule());
      settings.set(Setting.MOMENTUM, plan.optimizer().momentum());
    }
    if (plan.optimizer().rule().moments() > 1) {
      settings.set(Setting.BETA2, plan.optimizer().beta2());
    }
    settings.setUnless(
        Setting.WEIGHT_DECAY, plan.optimizer().weightDecay(), plain.optimizer().weightDecay());
    settings.setUnless(Setting.CLIP_NORM, plan.optimizer().clipNorm(), Float.POSITIVE_INFINITY);
    settings.setUnless(Setting.SCHEDULE, plan.schedule(), plain.schedule());
    settings.setUnless(Setting.LABEL_SMOOTHING, plan.labelSmoothing(), plain.labelSmoothing());
    settings.setUnless(Setting.CLASS_WEIGHTS, plan.classWeights(), plain.classWeights());
    settings.setUnless(Setting.FREEZE, plan.freeze(), plain.freeze());
    settings.setUnless(Setting.AUGMENT, plan.augmentation().text(), plain.augmentation().text());
    if (plan.average() instanceof ParameterAverage.Mean) {
      settings.set(Setting.SWA, plan.average());
    } else {
      settings.setUnless(Setting.EMA, plan.average(), plain.average());
    }
    settings.setUnless(Setting.TEST_EVERY, plan.testEvery(), plain.testEvery());
    settings.setUnless(Setting.SHARE, plan.rounds().shares(), plain.rounds().shares());
    settings.setUnless(Setting.ROUND, plan.rounds().steps(), plain.rounds().steps());
    return settings;
  }

  private <T> void setUnless(Setting<T> setting, T value, T usual) {
    if (!value.equals(usual)) {
      set(setting, value);
    }
  }

  /** Makes sure that the settings go together, as far as that does not depend on the network. */
  public void check() {
    PlanDefaults.check(this);
  }

  /**
   * Makes sure that a patience has validation images to look at: some that are held out.
   *
   * @throws SettingException if it does not
   */
  public void checkPatience() {
    PlanDefaults.checkPatience(this);
  }

  /**
   * Makes sure that the devices suit the shares of the batches, as far as that shows before they
   * are opened.
   *
   * @param resumed whether the training goes on from a checkpoint, whose shares it keeps
   * @throws SettingException if they do not
   */
  public void checkDevices(boolean resumed) {
    DeviceSettings.checkDevices(this, resumed);
  }

  /**
   * Makes sure that the given shares are at least as many as the devices.
   *
   * @param devices how many there are
   * @throws SettingException if they are not
   */
  public void requireParts(int devices) {
    get(Setting.SHARE).ifPresent(shares -> DeviceSettings.requireParts(shares, devices));
  }

  /** {@return the seed of all that is random} */
  public long seed() {
    return PlanDefaults.seed(this);
  }

  /**
   * {@return the plan for a network}
   *
   * @param network to be trained
   * @throws SettingException if the settings do not go together
   */
  public TrainingPlan plan(Network network) {
    return PlanDefaults.plan(this, network);
  }

  /**
   * {@return the settings with which the training of a network can be continued from another
   * folder: files have their absolute names}
   *
   * @param network the network's layers as text
   */
  public Settings kept(String network) {
    Settings kept = new Settings();
    values.forEach((setting, value) -> kept.set(setting, absolute(setting, value)));
    kept.values.remove(Setting.NETWORK);
    return kept.set(Setting.NETWORK, network);
  }

  /**
   * {@return these settings with shares of the batches that are fixed from now on, whatever devices
   * there will be}
   *
   * @param rounds with the shares
   * @param devices those that are used, of several that were asked for
   */
  public Settings divided(Rounds rounds, List<Device> devices) {
    Settings divided = over(new Settings()).remove(Setting.DETERMINISTIC);
    if (get(Setting.DEVICE).map(DeviceChoices::areSeveral).orElse(false)) {
      divided.set(Setting.DEVICE, DeviceChoices.of(devices));
    }
    return rounds.areDivided()
        ? divided.set(Setting.SHARE, rounds.shares())
        : divided.remove(Setting.ROUND);
  }

  private static Object absolute(Setting<?> setting, Object value) {
    if (value instanceof Path path) {
      return path.toAbsolutePath();
    }
    if (setting == Setting.DATA) {
      String name = DataSets.canonical((String) value);
      return DataSets.names().contains(name) || ADDRESS.matcher(name).matches()
          ? name
          : Path.of(name).toAbsolutePath().toString();
    }
    return value;
  }

  /** {@return the settings as arguments such as {@code --epochs=3}} */
  public List<String> arguments() {
    return values.entrySet().stream()
        .map(entry -> "--" + entry.getKey().name() + "=" + entry.getKey().write(entry.getValue()))
        .toList();
  }

  /**
   * Reads arguments.
   *
   * @param arguments as {@link #arguments} gives them
   * @return the settings
   * @throws IllegalArgumentException if one of them is no setting with its value; the message names
   *     it
   */
  public static Settings parse(List<String> arguments) {
    Settings settings = new Settings();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || equals < 0) {
        throw new IllegalArgumentException("\"" + argument + "\" has no value");
      }
      Setting<?> setting =
          Setting.named(argument.substring(2, equals))
              .orElseThrow(
                  () -> new IllegalArgumentException("\"" + argument + "\" is no setting"));
      try {
        settings.set(setting, setting.read(argument.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("\"" + argument + "\" has a value that is none", e);
      }
    }
    return settings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The arguments, for people. */
  @Override
  public String toString() {
    return String.join(" ", arguments());
  }
}
