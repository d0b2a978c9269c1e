package org.aparanet.cli.option;

import java.util.Optional;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.train.NetworkChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that describe a network that was made elsewhere. */
public final class NetworkOptions {
  private static final int CLASSES = 10; // of a named network, where nothing else is said

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      required = true,
      completionCandidates = Candidates.Networks.class,
      description =
          "article, lenet or deep, or layers such as \"conv 32 3 same relu, pool 2, dense 10\".")
  private String text;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      required = true,
      converter = OptionConverters.Input.class,
      description =
          "Images that the network takes, channels x height x width, such as 3x32x32 for colour.")
  private Shape input;

  @Option(
      names = "--mean",
      paramLabel = "A,B,C",
      converter = OptionConverters.Channels.class,
      description =
          "Means that were subtracted from the channels, whose pixels are 0 to 1; goes with --std.")
  private ChannelValues mean;

  @Option(
      names = "--std",
      paramLabel = "A,B,C",
      converter = OptionConverters.Channels.class,
      description = "Standard deviations that the channels were divided by then.")
  private ChannelValues std;

  /**
   * The network.
   *
   * @param classes of a named network; 0 where that is not known
   * @throws ParameterException if the options do not go together
   */
  public Network network(CommandSpec spec, int classes) {
    if ((mean == null) != (std == null)) {
      throw new ParameterException(
          spec.commandLine(),
          mean == null
              ? "option --std needs --mean, the means of the channels"
              : "option --mean needs --std, the standard deviations of the channels");
    }
    Network layers = layers(spec, classes > 0 ? classes : CLASSES);
    if (mean == null) {
      return layers;
    }
    try {
      PixelNormalization normalization = new PixelNormalization(mean.values(), std.values());
      return layers.withNormalization(Optional.of(normalization));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "options --mean and --std: " + e.getMessage(), e);
    }
  }

  private Network layers(CommandSpec spec, int classes) {
    try {
      return NetworkChoice.of(text, input, classes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "option --network: \"" + text + "\" is " + e.getMessage(), e);
    }
  }
}
