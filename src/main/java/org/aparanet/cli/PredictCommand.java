package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.DeviceOptions;
import org.aparanet.data.ImageFile;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.Printable;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies single images. */
@Command(name = "predict", description = "Print the class of images and its probabilities.")
final class PredictCommand implements Runnable {
  private static final Pattern INDEX = Pattern.compile("[0-9]+");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Number of a test image of the data set, from 0, or an image file.")
  private List<String> images;

  @Option(names = "--invert", description = "The image files are dark on light ground.")
  private boolean invert;

  @Mixin private DataOption data;
  @Mixin private DeviceOptions device;

  private ImageSet test;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Model model = ModelFile.load(file);
    List<ImageSet> inputs = images.stream().map(image -> read(image, model)).toList();
    try (Engines.Opened opened = device.open(model.network(), 1, spec.commandLine().getErr())) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      for (ImageSet input : inputs) {
        print(input, new Evaluation(session, input).predictions().get(0), model.classNames(), out);
      }
    }
  }

  private ImageSet read(String image, Model model) {
    if (!INDEX.matcher(image).matches()) {
      return ImageFile.read(FileName.path(image), model.network().input(), invert);
    }
    if (test == null) {
      test = data.openTest(Home.data(), model, spec.commandLine().getErr());
    }
    try {
      return test.only(Integer.parseInt(image));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new CommandException(
          "argument IMAGE: "
              + test.name()
              + " has no image "
              + image
              + "; there are "
              + test.count()
              + ", counted from 0",
          e);
    }
  }

  private static void print(
      ImageSet image, Prediction prediction, List<String> names, PrintWriter out) {
    String known =
        labelled(image)
            ? " (labelled " + image.label(0) + name(" ", image.label(0), names) + ")"
            : "";
    int predicted = prediction.predicted();
    out.println(image.name() + ": class " + predicted + name(" ", predicted, names) + known);
    for (int c = 0; c < prediction.probabilities().length; c++) {
      out.printf(
          Locale.ROOT, "  %3d  %.6f%s%n", c, prediction.probabilities()[c], name("  ", c, names));
    }
  }

  /** Name of a class, behind a space; empty where it is not known. */
  private static String name(String space, int label, List<String> names) {
    return label < names.size() ? space + Printable.of(names.get(label)) : "";
  }

  /** Whether an image has a label; a file has none, and its set only one class. */
  private static boolean labelled(ImageSet image) {
    return image.classes() > 1;
  }
}
