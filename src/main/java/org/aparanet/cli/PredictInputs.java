package org.aparanet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.aparanet.cli.option.CommandException;
import org.aparanet.data.ImageFile;
import org.aparanet.data.ImageFiles;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;
import org.aparanet.model.Shape;

/** The images that the arguments of predict or look name, none of which is read yet. */
final class PredictInputs {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Shape shape;
  private final boolean invert;
  private final Supplier<ImageSet> openTest;
  private final Predicate<Path> leftOut;
  private final List<PredictInput> inputs = new ArrayList<>();
  private ImageSet test;
  private boolean folders;

  /**
   * @param shape what images are resized to
   * @param invert whether to swap dark and light in image files
   * @param openTest opens the data set whose images have numbers
   * @param leftOut files of a folder that are not meant
   */
  PredictInputs(Shape shape, boolean invert, Supplier<ImageSet> openTest, Predicate<Path> leftOut) {
    this.shape = shape;
    this.invert = invert;
    this.openTest = openTest;
    this.leftOut = leftOut;
  }

  /**
   * Whether an argument is the number of an image, not a path. A file of such a name is written
   * {@code ./7}.
   */
  static boolean isNumber(String argument) {
    return NUMBER.matcher(argument).matches();
  }

  /**
   * Adds what an argument names.
   *
   * @throws CommandException if there is no image of that number
   * @throws DataException if there is no such file or folder
   */
  void add(String argument) {
    if (isNumber(argument)) {
      inputs.add(numbered(argument));
      return;
    }
    Path path = FileName.path(argument);
    if (!isFolder(path)) {
      inputs.add(file(path));
      return;
    }
    folders = true;
    ImageFile.requireChannels(path, shape);
    for (ImageFiles.Found found : ImageFiles.in(path)) {
      if (found.problem().isPresent()) {
        inputs.add(unlisted(found.path(), found.problem().get()));
      } else if (!leftOut.test(found.path())) {
        inputs.add(file(found.path()));
      }
    }
  }

  private static boolean isFolder(Path path) {
    try {
      Optional<BasicFileAttributes> there = Target.look(path);
      if (there.isEmpty()) {
        InputFile.requireReadable(path); // says what is missing
      }
      return there.filter(BasicFileAttributes::isDirectory).isPresent();
    } catch (IOException e) {
      throw new DataException(
          Printable.of(path.toString()) + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private PredictInput file(Path path) {
    return new PredictInput(path.toString(), () -> ImageFile.read(path, shape, invert));
  }

  private static PredictInput unlisted(Path folder, DataException problem) {
    return new PredictInput(
        folder.toString(),
        () -> {
          throw problem;
        });
  }

  private PredictInput numbered(String argument) {
    if (test == null) {
      test = openTest.get();
    }
    try {
      ImageSet image = test.only(Integer.parseInt(argument));
      return new PredictInput(image.name(), () -> image);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new CommandException(
          "argument IMAGE: "
              + test.name()
              + " has no image "
              + argument
              + "; there are "
              + test.count()
              + ", counted from 0",
          e);
    }
  }

  /** The images, in the order of the arguments. */
  List<PredictInput> all() {
    return inputs;
  }

  /** Whether one of the arguments names a folder. */
  boolean fromFolder() {
    return folders;
  }
}
