package org.aparanet.cli;

import java.io.PrintWriter;
import org.aparanet.cli.option.Candidates;
import org.aparanet.data.Suggestion;
import org.aparanet.engine.opencl.kernel.KernelSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the OpenCL that runs on the device. */
@Command(
    name = "kernels",
    description = "List the kernels, or print the OpenCL C that one of them becomes.")
final class KernelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = Candidates.Kernels.class,
      description = "Name of a kernel.")
  private String name;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      KernelSources.names().forEach(out::println);
      return;
    }
    try {
      out.print(KernelSources.source(name));
    } catch (IllegalArgumentException e) {
      String question = Suggestion.question(name, KernelSources.names());
      throw new ParameterException(
          spec.commandLine(), "argument NAME: " + e.getMessage() + question, e);
    }
  }
}
