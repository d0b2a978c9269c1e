package org.aparanet.cli.option;

import org.aparanet.data.DataSets;
import org.aparanet.model.Shape;
import picocli.CommandLine.Option;

/** {@code --input}, what a folder of image files is read as. */
public final class InputOption {

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = OptionConverters.Input.class,
      description =
          "Resize the images of a folder to channels x height x width, such as 1x28x28 for grey"
              + " ones (default: 3x32x32).")
  private Shape shape;

  Shape shape() {
    return shape == null ? DataSets.DEFAULT_INPUT : shape;
  }

  /**
   * @throws CommandException if the option was given, but the images have another shape of their
   *     own
   */
  void requireUsed(String name, Shape actual) {
    if (shape != null && !shape.equals(actual)) {
      throw new CommandException(
          "option --input: "
              + shape
              + " is for a folder of image files; the images of "
              + name
              + " have "
              + actual);
    }
  }
}
