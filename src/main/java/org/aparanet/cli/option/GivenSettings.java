package org.aparanet.cli.option;

import org.aparanet.train.Setting;
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
          .ifPresent(setting -> settings.set(setting, option.getValue()));
    }
    return settings;
  }
}
