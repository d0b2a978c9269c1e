package org.aparanet.cli.option;

import org.aparanet.model.Shape;
import picocli.CommandLine.Option;

/** The option {@code --input}: shape to which the images of a folder are resized. */
public final class InputOption {

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = OptionConverters.Input.class,
      description =
          "Resize the images of a folder to channels x height x width, such as 1x28x28 for grey"
              + " ones (default: what suits them with --preset photos, otherwise 3x32x32).")
  private Shape shape;
}
