package org.aparanet.cli.option;

import org.aparanet.model.ChannelValues;
import picocli.CommandLine.Option;

/** Options of the normalisation of an image's channels. */
final class NormalizationOptions {
  @Option(
      names = "--normalize",
      description =
          "Normalise each channel by the mean and standard deviation of the training images, and keep"
              + " both in the model.")
  private boolean normalize;

  @Option(
      names = "--mean",
      paramLabel = "A,B,C",
      converter = OptionConverters.Channels.class,
      description =
          "Subtract these from the channels, whose pixels are 0 to 1, such as 0.485,0.456,0.406; goes"
              + " with --std.")
  private ChannelValues mean;

  @Option(
      names = "--std",
      paramLabel = "A,B,C",
      converter = OptionConverters.Channels.class,
      description = "Divide the channels by these then, such as 0.229,0.224,0.225.")
  private ChannelValues std;
}
