package org.aparanet.cli.option;

import org.aparanet.train.ParameterAverage;
import picocli.CommandLine.Option;

/** Options of the average of the parameters. */
final class AverageOptions {
  @Option(
      names = "--ema",
      paramLabel = "DECAY",
      converter = OptionConverters.Ema.class,
      description =
          "Test and write an exponential moving average of the parameters, of which a step leaves"
              + " DECAY, such as 0.99; \"0.99 every 10\" adds every 10th state (default: none;"
              + " every 5th).")
  private ParameterAverage ema;

  @Option(
      names = "--swa",
      paramLabel = "PART",
      converter = OptionConverters.Swa.class,
      description =
          "Test and write the mean of the parameters at the ends of the last epochs, such as 5epochs"
              + " or 0.25, the last quarter of the run; \"0.25 every 10\": of every 10th step"
              + " there (default: none).")
  private ParameterAverage swa;
}
