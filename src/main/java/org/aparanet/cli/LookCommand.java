package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.Destination;
import org.aparanet.cli.option.Destinations;
import org.aparanet.data.format.DataException;
import org.aparanet.file.Claims;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.report.inspect.LookPage;
import org.aparanet.report.page.ReportFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the feature maps of images. */
@Command(
    name = "look",
    description =
        "Write a page that shows what each layer makes of images, and where every value comes from.")
final class LookCommand implements Runnable {
  private static final String IMAGE = "IMAGE";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = IMAGE,
      description =
          "Number of a test image of the data set, from 0, an image file, or a folder, for all image"
              + " files in it and in its sub-folders. A page shows the first "
              + LookPage.MOST_IMAGES
              + ".")
  private List<String> images;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      required = true,
      description = "Write the page to this file.")
  private Path html;

  @Option(names = "--invert", description = "The image files are dark on light ground.")
  private boolean invert;

  @Mixin private DataOption data;

  @Override
  public void run() {
    ImageArguments arguments = new ImageArguments(spec, data, images);
    try (Claims claims = new Claims()) {
      Destinations destinations = new Destinations(spec);
      destinations.add("--html", Destination.ofFile(html));
      destinations.checkDiffer("MODEL", file);
      arguments.checkDiffer(destinations);
      destinations.claim(claims);
      look(arguments, destinations);
    }
  }

  private void look(ImageArguments arguments, Destinations destinations) {
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    PredictInputs inputs = arguments.inputs(model, invert, destinations);
    int most = LookPage.mostImages(model.network());
    Read read = read(inputs.all(), model, most);
    List<String> notes = new ArrayList<>();
    if (read.unreadable > 0) {
      notes.add(read.unreadable + " of " + read.tried + " images could not be read");
    }
    if (read.tried < inputs.all().size()) {
      notes.add(
          "a page of this network shows at most "
              + most
              + " images; it is of the first ones, and the other "
              + (inputs.all().size() - read.tried)
              + " are left out");
    }
    notes.forEach(err::println);
    List<String> sentences = notes.stream().map(LookCommand::sentence).toList();
    ReportFile.write(html, LookPage.of(file.getFileName().toString(), read.inspections, sentences));
    err.println("wrote " + html);
    err.flush();
  }

  private static String sentence(String note) {
    return Character.toUpperCase(note.charAt(0)) + note.substring(1) + ".";
  }

  /** Images that were looked at, and how many were not. */
  private record Read(List<Inspection> inspections, int tried, int unreadable) {}

  /** Reads images until there are enough; names those that cannot be read. */
  private Read read(List<PredictInput> inputs, Model model, int most) {
    List<Inspection> inspections = new ArrayList<>();
    int tried = 0;
    int unreadable = 0;
    while (tried < inputs.size() && inspections.size() < most) {
      PredictInput input = inputs.get(tried++);
      try {
        inspections.add(Inspection.of(model, input.image().get().named(input.name())));
      } catch (DataException problem) {
        unreadable++;
        if (inputs.size() == 1) {
          throw problem;
        }
        spec.commandLine().getErr().println(Failures.plain(problem.getMessage()));
      }
    }
    if (inspections.isEmpty()) {
      throw new CommandException("none of the " + tried + " images could be read");
    }
    return new Read(inspections, tried, unreadable);
  }
}
