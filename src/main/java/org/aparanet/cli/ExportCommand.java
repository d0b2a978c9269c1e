package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.aparanet.cli.option.OutputFile;
import org.aparanet.file.Claims;
import org.aparanet.file.Target;
import org.aparanet.model.ModelFile;
import org.aparanet.model.OnnxInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(name = "export", description = "Write a model as an ONNX file, for other programs.")
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Model file, as train --output writes it.")
  private Path model;

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description = "Write the network with its parameters to this file, in the format ONNX.")
  private Path onnx;

  @Option(
      names = "--pixels",
      description =
          "The ONNX file takes images as bytes from 0 to 255, instead of values from 0 to 1.")
  private boolean pixels;

  @Override
  public void run() {
    if (Target.same(model, onnx)) {
      throw new ParameterException(
          spec.commandLine(),
          "argument MODEL and option --onnx both name " + onnx + "; they need two files");
    }
    try (Claims claims = new Claims()) {
      OutputFile.check("--onnx", onnx, claims);
      ModelFile.load(model).saveOnnx(onnx, pixels ? OnnxInput.PIXELS : OnnxInput.UNIT);
      PrintWriter err = spec.commandLine().getErr();
      err.println("wrote " + onnx);
      err.flush();
    }
  }
}
