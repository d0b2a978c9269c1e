package org.aparanet.cli.option;

import java.io.PrintWriter;
import java.util.Optional;
import org.aparanet.Predictor;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options {@code --device} and {@code --threads}, for the commands that run a network. */
public final class DeviceOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      completionCandidates = Candidates.Devices.class,
      defaultValue = "auto",
      description =
          "auto (a GPU if one works, the Java engine otherwise), gpu, cpu (the Java engine) or"
              + " opencl:N as the command devices lists them (default: auto).")
  private DeviceChoice device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionConverters.Threads.class,
      description = "Threads of the Java engine, 1 to 1024 (default: one for each processor).")
  private Integer threads;

  /** Opens a session, and prints the reason of a fallback to another device. */
  public Engines.Opened open(Network network, int batch, PrintWriter err) {
    int processors = Runtime.getRuntime().availableProcessors();
    Engines.Opened opened =
        CommandContext.of(mixee)
            .engines(Optional.ofNullable(threads).orElse(processors))
            .open(
                device,
                network,
                batch,
                note -> {
                  err.println(note);
                  err.flush();
                });
    opened.notices().forEach(err::println);
    return opened;
  }

  /** Opens a model for predictions, and prints the reason of a fallback to another device. */
  public Predictor predictor(Model model, PrintWriter err) {
    Predictor.Builder settings =
        Predictor.of(model)
            .device(device.toString())
            .notes(
                note -> {
                  err.println(note);
                  err.flush();
                });
    Optional.ofNullable(threads).ifPresent(settings::threads);
    return settings.open();
  }
}
