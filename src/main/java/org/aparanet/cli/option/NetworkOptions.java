package org.aparanet.cli.option;

import java.util.Optional;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.train.NetworkChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that describe a network that was made elsewhere. */
public final class NetworkOptions {
  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      required = true,
      completionCandidates = Candidates.Networks.class,
      description =
          "article, lenet, deep, resnet20, resnet18 or resnet34, or layers such as \"conv 32 3 same"
              + " relu, pool 2, dense 10\".")
  private String text;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = OptionConverters.Input.class,
      description =
          "Images that the network takes, channels x height x width, such as 3x32x32 for colour"
              + " (default: those that resnet20, resnet18 or resnet34 was made for).")
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
   * @param classes of a named network; 0 where that is not known, and it has its usual number
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
    Network layers = layers(spec, classes);
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
    Optional<NamedNetwork> named = NamedNetwork.named(text);
    int usual = named.map(NamedNetwork::usualClasses).orElse(1);
    Shape images =
        Optional.ofNullable(input)
            .or(() -> named.flatMap(NamedNetwork::usualInput))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "option --network: \""
                            + text
                            + "\" needs --input, the images that the network takes, such as 3x32x32"));
    try {
      return NetworkChoice.of(text, images, classes > 0 ? classes : usual);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "option --network: \"" + text + "\" is " + e.getMessage(), e);
    }
  }
}
