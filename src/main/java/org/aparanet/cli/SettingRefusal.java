package org.aparanet.cli;

import org.aparanet.cli.option.CommandException;
import org.aparanet.train.SettingException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refusal of a setting as that of the option which has its name. */
final class SettingRefusal {
  private SettingRefusal() {}

  /**
   * {@return wrong usage, or a failure where only the images show that the value does not suit}
   *
   * @param spec of the command
   * @param e what is wrong with the setting
   */
  static RuntimeException of(CommandSpec spec, SettingException e) {
    String sentence = "option " + e.sentence("--");
    return e.isOfImages()
        ? new CommandException(sentence, e)
        : new ParameterException(spec.commandLine(), sentence, e);
  }
}
