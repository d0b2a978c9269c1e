package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aparanet.cli.option.ClassesFile;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.NetworkOptions;
import org.aparanet.cli.option.OutputFile;
import org.aparanet.cli.show.ImportTable;
import org.aparanet.file.Claims;
import org.aparanet.file.Target;
import org.aparanet.model.ImportedModel;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a network that PyTorch has trained. */
@Command(
    name = "import",
    description = "Make a model file of a PyTorch state_dict, as safetensors writes it.",
    footerHeading = "%nExample:%n",
    footer =
        "  aparanet import net.safetensors --network lenet --input 1x28x28 --output"
            + " lenet.safetensors")
final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "Safetensors file, as save_file(model.state_dict(), FILE) writes it.")
  private Path file;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Names of the classes: a text file with a line for each, in their order.")
  private Path classes;

  @Option(
      names = "--output",
      paramLabel = "MODEL",
      required = true,
      description = "Write the model to this file.")
  private Path output;

  @Override
  public void run() {
    if (Target.same(file, output)) {
      throw new ParameterException(
          spec.commandLine(),
          "argument FILE and option --output both name " + output + "; they need two files");
    }
    if (classes != null && Target.same(classes, output)) {
      throw new ParameterException(
          spec.commandLine(),
          "options --classes and --output both name " + output + "; they need two files");
    }
    try (Claims claims = new Claims()) {
      OutputFile.check("--output", output, claims);
      List<String> names =
          Optional.ofNullable(classes)
              .map(given -> ClassesFile.read("--classes", given))
              .orElse(List.of());
      Network made = network.network(spec, names.size());
      if (names.size() > made.classes()) {
        throw new CommandException(
            "option --classes: %s has %d names, but the network has %d outputs"
                .formatted(classes, names.size(), made.classes()));
      }
      ImportedModel imported = Model.importTensors(file, made);
      Model model = imported.model();
      (names.isEmpty() ? model : model.withClassNames(names)).save(output);
      PrintWriter err = spec.commandLine().getErr();
      imported.doubts().forEach(err::println);
      ImportTable.print(imported.places(), spec.commandLine().getOut());
      err.println("wrote " + output);
      err.flush();
    }
  }
}
