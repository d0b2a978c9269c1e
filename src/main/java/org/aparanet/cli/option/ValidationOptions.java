package org.aparanet.cli.option;

import picocli.CommandLine.Option;

/** Options of validation, tests and early stopping. */
final class ValidationOptions {
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
}
