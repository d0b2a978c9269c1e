package org.aparanet.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.Destination;
import org.aparanet.cli.option.Destinations;
import org.aparanet.cli.option.DeviceOptions;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.DataException;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.report.prediction.PredictedImage;
import org.aparanet.report.prediction.PredictionCsv;
import org.aparanet.report.prediction.PredictionJson;
import org.aparanet.report.prediction.PredictionReport;
import org.aparanet.report.prediction.PredictionText;
import org.aparanet.train.evaluate.BatchClassifier;
import org.aparanet.train.evaluate.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images. */
@Command(name = "predict", description = "Print the class of images and its probabilities.")
final class PredictCommand implements Runnable {
  private static final String IMAGE = "IMAGE";

  /** Most images that are read and classified at a time. */
  private static final int BATCH = 32;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = IMAGE,
      description =
          "Number of a test image of the data set, from 0, an image file, or a folder, for all image"
              + " files in it and in its sub-folders.")
  private List<String> images;

  @Option(
      names = "--top",
      paramLabel = "N",
      converter = OptionConverters.Top.class,
      description =
          "Print a line for each image, with its N most probable classes (default: for a folder 1;"
              + " otherwise a line for each class).")
  private Integer top;

  @Option(
      names = "--csv",
      paramLabel = "FILE|-",
      converter = OptionConverters.FileOrStandardOutput.class,
      description =
          "Write a row of CSV for each image to this file, or to the standard output, which then has"
              + " nothing else.")
  private Destination csv;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      converter = OptionConverters.FileOrStandardOutput.class,
      description = "Write the predictions as JSON, in the same way.")
  private Destination json;

  @Option(names = "--invert", description = "The image files are dark on light ground.")
  private boolean invert;

  @Mixin private DataOption data;
  @Mixin private DeviceOptions device;

  private int unreadable;

  @Override
  public void run() {
    ImageArguments arguments = new ImageArguments(spec, data, images);
    try (Claims claims = new Claims()) {
      Destinations destinations = new Destinations(spec);
      destinations.add("--csv", csv);
      destinations.add("--json", json);
      destinations.checkDiffer("MODEL", file);
      arguments.checkDiffer(destinations);
      destinations.claim(claims);
      predict(arguments, destinations);
    }
  }

  private void predict(ImageArguments arguments, Destinations destinations) {
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    PredictInputs inputs = arguments.inputs(model, invert, destinations);
    int count = inputs.all().size();
    boolean blocks = top == null && !inputs.fromFolder() && !destinations.takeStandardOutput();
    // blocks are for scripts that know every digit, and a batch may be rounded otherwise
    int batch = blocks ? 1 : Math.min(BATCH, count);
    try (Engines.Opened opened = device.open(model.network(), batch, err);
        PredictOutputs outputs = new PredictOutputs()) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      begin(outputs, blocks, model, session);
      classify(inputs.all(), session, outputs);
      if (unreadable == count) {
        throw new CommandException("none of the " + count + " images could be read");
      }
      if (unreadable > 0) {
        err.println(unreadable + " of " + count + " images could not be read");
      }
      outputs.finish(unreadable, err);
    }
  }

  private void begin(PredictOutputs outputs, boolean blocks, Model model, Session session) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> names = model.classNames();
    int most = Math.min(top == null ? 1 : top, model.network().classes());
    PredictionText text = new PredictionText(out, names);
    outputs.print(blocks ? text.blocks() : text.lines(most));
    String on = session.device().toString();
    begin(outputs, csv, writer -> new PredictionCsv(writer, most, names));
    begin(outputs, json, writer -> new PredictionJson(writer, file, on, most, names));
  }

  private void begin(
      PredictOutputs outputs, Destination destination, Function<Writer, PredictionReport> form) {
    if (destination != null && destination.isStandardOutput()) {
      outputs.print(form.apply(spec.commandLine().getOut()));
    } else if (destination != null) {
      outputs.write(destination.given(), form);
    }
  }

  private void classify(List<PredictInput> inputs, Session session, PredictOutputs outputs) {
    BatchClassifier classifier = new BatchClassifier(session);
    for (int from = 0; from < inputs.size(); from += session.batch()) {
      List<PredictInput> batch =
          inputs.subList(from, Math.min(inputs.size(), from + session.batch()));
      List<PredictInput.Read> read = PredictInput.read(batch);
      read.forEach(one -> one.problem().ifPresent(problem -> leaveOut(problem, inputs.size())));
      List<PredictInput.Read> good = read.stream().filter(one -> one.image().isPresent()).toList();
      if (!good.isEmpty()) {
        List<ImageSet> sets = good.stream().map(one -> one.image().get()).toList();
        List<Prediction> predictions = classifier.predictions(sets);
        for (int i = 0; i < sets.size(); i++) {
          outputs.add(
              new PredictedImage(good.get(i).name(), label(sets.get(i)), predictions.get(i)));
        }
      }
    }
  }

  /** Names an image that cannot be read; a single one is named as the command's failure. */
  private void leaveOut(DataException problem, int images) {
    unreadable++;
    if (images == 1) {
      throw problem;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(Failures.plain(problem.getMessage()));
    err.flush();
  }

  /** Label of an image; a file has none, and its set only one class. */
  private static OptionalInt label(ImageSet image) {
    return image.classes() > 1 ? OptionalInt.of(image.label(0)) : OptionalInt.empty();
  }
}
