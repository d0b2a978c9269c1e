package org.aparanet.cli.option;

import java.util.List;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.train.Shares;
import picocli.CommandLine.Option;

/** Options of the devices that train a network; {@link GivenSettings} has their values. */
public final class TrainDeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = OptionConverters.DeviceNames.class,
      completionCandidates = Candidates.TrainDevices.class,
      description =
          "auto (a GPU if one works, the Java engine otherwise), gpu, cpu (the Java engine) or"
              + " opencl:N as the command devices lists them; several, such as opencl:0,cpu or with"
              + " an option each, train together, and so do all (default: auto).")
  private List<DeviceChoices> devices;

  @Option(
      names = "--round",
      paramLabel = "N",
      converter = OptionConverters.Round.class,
      description =
          "Steps that several devices take before what they learned is averaged (default: 1).")
  private Integer round;

  @Option(
      names = "--share",
      paramLabel = "PARTS",
      converter = OptionConverters.Parts.class,
      description =
          "Shares of several devices in each batch, such as 3:1 (default: by their speed, which is"
              + " measured).")
  private Shares share;

  @Option(
      names = "--deterministic",
      description = "Give several devices equal shares, so that runs repeat to the bit.")
  private boolean deterministic;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionConverters.Threads.class,
      description =
          "Threads of the Java engine, of each cpu where there are several, 1 to 1024 (default: one"
              + " for each processor).")
  private Integer threads;
}
