package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.Destinations;
import org.aparanet.data.ImageFile;
import org.aparanet.data.ImageFiles;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.InputFile;
import org.aparanet.model.Model;
import org.aparanet.train.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The arguments IMAGE of predict and look: numbers of test images, image files and folders.
 *
 * @param spec the command
 * @param data the data set whose test images have numbers
 * @param given the arguments
 */
record ImageArguments(CommandSpec spec, DataOption data, List<String> given) {
  private static final String IMAGE = "IMAGE";

  /**
   * Refuses what can be neither a number nor a path.
   *
   * @throws ParameterException if there is such an argument
   */
  ImageArguments {
    for (String argument : given) {
      boolean negative = argument.startsWith("-") && PredictInputs.isNumber(argument.substring(1));
      if (argument.isEmpty() || negative) { // to Java, the empty name is the working folder
        throw new ParameterException(
            spec.commandLine(),
            "argument "
                + IMAGE
                + ": \""
                + argument
                + "\" is not allowed; it takes the number of a test image, from 0, an image file or"
                + " a folder"
                + (negative ? "; a file of that name is ./" + argument : ""));
      }
    }
  }

  /**
   * Makes sure that no output replaces one of the images. An older result in a folder of images is
   * no image, and is written anew.
   *
   * @throws ParameterException if one would
   */
  void checkDiffer(Destinations destinations) {
    given.stream()
        .filter(argument -> !PredictInputs.isNumber(argument))
        .forEach(argument -> destinations.checkDiffer(IMAGE, FileName.path(argument)));
    destinations.forEachFile(this::requireNone);
  }

  private void requireNone(String option, Path output) {
    if (given.stream().anyMatch(PredictInputs::isNumber)) {
      data.checkDiffers(option, output, Home.data(), new Settings());
    }
    if (given.stream().anyMatch(argument -> holds(argument, output))) {
      throw new ParameterException(
          spec.commandLine(),
          "option " + option + ": " + output + " is one of the given images; name another file");
    }
  }

  /**
   * Whether a file is an image of a folder that an argument names, also through symbolic links.
   *
   * @param output need not be there
   */
  private static boolean holds(String argument, Path output) {
    return !PredictInputs.isNumber(argument)
        && Files.isDirectory(FileName.path(argument))
        && Files.isRegularFile(output)
        && ImageFile.isImage(output)
        && ImageFiles.in(FileName.path(argument)).stream()
            .anyMatch(found -> InputFile.isSame(found.path(), output));
  }

  /**
   * The images, none of which is read yet.
   *
   * @param model that they are for
   * @param invert whether to swap dark and light in image files
   * @param destinations files of a folder that are not meant
   * @throws CommandException if there are none, or a number is not that of an image
   */
  PredictInputs inputs(Model model, boolean invert, Destinations destinations) {
    PrintWriter err = spec.commandLine().getErr();
    PredictInputs inputs =
        new PredictInputs(
            model.network().input(),
            invert,
            () -> data.openTest(Home.data(), model, err),
            destinations::contains);
    given.forEach(inputs::add);
    if (inputs.all().isEmpty()) {
      throw new CommandException(
          "argument " + IMAGE + ": there is no file in " + String.join(", ", given));
    }
    return inputs;
  }
}
