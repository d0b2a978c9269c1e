package org.aparanet.cli.option;

import java.util.Optional;
import org.aparanet.data.Holdout;
import org.aparanet.data.ImageSet;
import org.aparanet.train.TrainingData;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is measured during a training, and what follows from it. */
final class ValidationOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      converter = OptionConverters.Fraction.class,
      description =
          "Hold out this part of the training images, such as 0.1, and take the epoch that is best"
              + " on it as the result (default: none).")
  private Float validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = OptionConverters.Epochs.class,
      description =
          "Stop after N epochs without improvement on the validation images (default: never).")
  private Integer patience;

  @Option(
      names = "--test-every",
      paramLabel = "N",
      converter = OptionConverters.Epochs.class,
      description = "Test after every Nth epoch, and after the last one (default: 1).")
  private Integer testEvery;

  /**
   * The images of a run.
   *
   * @param train before anything is held out
   */
  TrainingData data(ImageSet train, ImageSet test, long seed) {
    if (validation == null) {
      return new TrainingData(train, Optional.empty(), test);
    }
    if (train.count() < 2) {
      throw new CommandException(
          "option --validation: " + train.name() + " has only " + train.count() + " image");
    }
    Holdout held = Holdout.of(train, fraction(), seed);
    return new TrainingData(held.train(), Optional.of(held.validation()), test);
  }

  /** Part of the training images that is held out; 0 for none. */
  float fraction() {
    return validation == null ? 0 : validation;
  }

  /**
   * Epochs without improvement; 0 for any number.
   *
   * @throws ParameterException if there is nothing to see an improvement with
   */
  int patience() {
    if (patience != null && validation == null) {
      throw new ParameterException(
          mixee.commandLine(),
          "option --patience needs --validation, the part of the training images to hold out, such"
              + " as 0.1");
    }
    return patience == null ? 0 : patience;
  }

  /** Epochs from test to test. */
  int testEvery() {
    return testEvery == null ? 1 : testEvery;
  }
}
