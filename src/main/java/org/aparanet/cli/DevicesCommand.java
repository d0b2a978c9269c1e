package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.show.CheckTable;
import org.aparanet.engine.Device;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.select.Engines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the devices that can train. */
@Command(
    name = "devices",
    description = "List the devices that can train, and which one --device auto takes.")
final class DevicesCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--check",
      description =
          "Measure every operation on every device against a plain reference in double precision;"
              + " exit status 1 if any is wrong.")
  private boolean check;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Engines engines = CommandContext.of(spec).engines(Runtime.getRuntime().availableProcessors());
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
    List<CheckReport> reports =
        check ? check(engines, out, spec.commandLine().getErr()) : List.of();
    out.println(choice(engines));
    engines.openClProblem().ifPresent(out::println);
    List<String> bad =
        reports.stream().filter(r -> !r.right()).map(r -> r.device().toString()).toList();
    if (!bad.isEmpty()) {
      out.flush();
      throw new CommandException("the check failed on " + String.join(", ", bad));
    }
  }

  /** Checks the devices, and prints each report at once. */
  private static List<CheckReport> check(Engines engines, PrintWriter out, PrintWriter err) {
    List<CheckReport> reports = new ArrayList<>();
    engines
        .check(
            note -> {
              out.flush();
              err.println(note);
              err.flush();
            })
        .forEach(
            report -> {
              CheckTable.print(report, out);
              reports.add(report);
            });
    return reports;
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
    return "--device auto takes " + preferred.id() + ": " + reason(engines, preferred);
  }

  private static String reason(Engines engines, Device preferred) {
    if (!engines.objections().isEmpty()) {
      return String.join(", ", engines.objections());
    }
    if (preferred.kind() == Device.Kind.GPU) {
      return "the first GPU";
    }
    return engines.openClProblem().isPresent()
        ? "there is no OpenCL device"
        : "no OpenCL device is a GPU, and the others are taken only when named";
  }
}
