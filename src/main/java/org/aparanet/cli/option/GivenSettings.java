package org.aparanet.cli.option;

import java.util.List;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings among the options of a command as it was called: an option has the name of its
 * setting, and the same type.
 */
public final class GivenSettings {
  private GivenSettings() {}

  /** In the order in which they were given. */
  public static Settings of(CommandSpec spec) {
    Settings settings = new Settings();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      Setting.named(option.longestName().substring("--".length()))
          .ifPresent(setting -> settings.set(setting, value(option)));
    }
    return settings;
  }

  private static Object value(OptionSpec option) {
    return option.isMultiValue() ? devices(option.getValue()) : option.getValue();
  }

  /** The one setting that is given bit by bit. */
  private static DeviceChoices devices(List<DeviceChoices> choices) {
    try {
      return DeviceChoices.joined(choices);
    } catch (IllegalArgumentException e) {
      throw SettingException.refused(Setting.DEVICE, e.getMessage(), e);
    }
  }
}
