package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what this machine can train on. */
@Command(
    name = "devices",
    description = "List the devices that can train, and which one --device auto takes.")
final class DevicesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Engines engines = Main.of(spec).engines(Runtime.getRuntime().availableProcessors());
    for (Device device : engines.devices()) {
      out.printf(
          Locale.ROOT,
          "%-10s %-12s %s, %s, %.1f GiB, %d %s%n",
          device.id(),
          kind(device),
          device.name(),
          device.platform(),
          device.memoryBytes() / 0x1p30,
          device.computeUnits(),
          device.kind() == Device.Kind.JAVA ? "threads" : "compute units");
    }
    out.println(choice(engines));
    engines.openClProblem().ifPresent(out::println);
  }

  private static String kind(Device device) {
    return switch (device.kind()) {
      case JAVA -> "Java";
      case GPU -> "GPU";
      case CPU -> "CPU";
      case ACCELERATOR -> "accelerator";
    };
  }

  private static String choice(Engines engines) {
    Device preferred = engines.preferred();
    String reason =
        preferred.kind() == Device.Kind.GPU
            ? "the first GPU"
            : engines.openClProblem().isPresent()
                ? "there is no OpenCL device"
                : "no OpenCL device is a GPU, and the others are taken only when named";
    return "--device auto takes " + preferred.id() + ": " + reason;
  }
}
