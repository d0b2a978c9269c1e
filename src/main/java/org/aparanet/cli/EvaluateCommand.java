package org.aparanet.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.Destination;
import org.aparanet.cli.option.Destinations;
import org.aparanet.cli.option.DeviceOptions;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.PageOption;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.FileName;
import org.aparanet.engine.Device;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.report.evaluation.EvaluationJson;
import org.aparanet.report.evaluation.EvaluationReport;
import org.aparanet.report.page.ReportFile;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.Settings;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.ShiftedEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tests a model. */
@Command(name = "evaluate", description = "Test a model on the test images of a data set.")
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Model file, as train --output writes it.")
  private Path file;

  @Option(
      names = "--shifts",
      paramLabel = "N",
      defaultValue = "0",
      converter = OptionConverters.Shifts.class,
      description =
          "Classify by the mean probabilities of each image moved by up to N pixels to each side, in"
              + " all (2 N + 1)^2 ways, 0 to 4 (default: 0).")
  private int shifts;

  @Option(
      names = "--all",
      description = "Test with all images of the data set, those to train with included.")
  private boolean all;

  @Mixin private DataOption data;
  @Mixin private DeviceOptions device;
  @Mixin private PageOption page;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Show on the page the curves of the training that wrote this history.")
  private Path history;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      converter = OptionConverters.FileOrStandardOutput.class,
      description =
          "Write accuracy, loss, classes and the confusion matrix as JSON to this file, or to the"
              + " standard output, which then has nothing else.")
  private Destination json;

  @Override
  public void run() {
    try (Claims claims = new Claims()) {
      Destinations destinations = new Destinations(spec);
      destinations.add("--json", json);
      destinations.checkDiffer("MODEL", file);
      destinations.checkDiffer("--history", history);
      page.checkDiffers("--json", json == null ? null : json.file().orElse(null));
      data.checkDiffers("--html", page.file(), Home.data(), new Settings());
      destinations.forEachFile(
          (option, output) -> data.checkDiffers(option, output, Home.data(), new Settings()));
      page.check(claims);
      destinations.claim(claims);
      evaluate();
    }
  }

  private void evaluate() {
    page.checkDiffers("MODEL", file);
    page.checkDiffers("--history", history);
    if (history != null && !page.wanted()) {
      throw new ParameterException(
          spec.commandLine(), "option --history is for the page; it needs --html");
    }
    Optional<TrainingCurves> curves = Optional.ofNullable(history).map(CurveRecorder::read);
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    ImageSet images =
        all ? data.openTogether(Home.data(), model, err) : data.openTest(Home.data(), model, err);
    Tested tested = shifts == 0 ? test(model, images, err) : testShifted(model, images, err);
    Evaluation.Timed timed = tested.result().timed();
    try {
      if (page.wanted()) {
        EvaluationReport report =
            page.report(model, images, tested.result().predictions(), tested.devices().get(0))
                .with("model", FileName.of(file));
        curves.ifPresent(report::with);
        page.write(report);
      }
      if (json != null && !json.isStandardOutput()) {
        ReportFile.write(json.given(), json(model, images, tested));
        err.println("wrote " + json.given());
        err.flush();
      }
    } finally { // last, because the output's pipe may be closed
      PrintWriter out = spec.commandLine().getOut();
      if (json != null && json.isStandardOutput()) {
        out.print(json(model, images, tested));
        out.flush();
      } else {
        out.println(
            ResultLine.of(
                timed.accuracy(),
                timed.seconds(),
                timed.imagesPerSecond(),
                Device.inTurn(tested.devices())));
      }
    }
  }

  private String json(Model model, ImageSet images, Tested tested) {
    return EvaluationJson.of(
        new EvaluationJson.Test(
            file.toString(), model, images, shifts, tested.devices(), Instant.now()),
        tested.result());
  }

  /** Result of a test, with the devices that it ran on. */
  private record Tested(Evaluation.Detailed result, List<Device> devices) {}

  private Tested test(Model model, ImageSet images, PrintWriter err) {
    try (Engines.Opened opened = device.open(model.network(), Evaluation.BATCH, err)) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      return new Tested(new Evaluation(session, images).detailed(), List.of(session.device()));
    }
  }

  private Tested testShifted(Model model, ImageSet images, PrintWriter err) {
    int copies = ShiftedEvaluation.copies(shifts);
    err.println("each image is classified " + copies + " times, moved by up to " + shifts + " px");
    Set<Device> devices = new LinkedHashSet<>();
    Evaluation.Detailed result =
        new ShiftedEvaluation(images, shifts)
            .detailed(
                () -> {
                  // messages about the device are the same each time
                  PrintWriter once = devices.isEmpty() ? err : new PrintWriter(Writer.nullWriter());
                  Session session = device.open(model.network(), Evaluation.BATCH, once).session();
                  devices.add(session.device());
                  session.setParameters(model.parameters());
                  return session;
                });
    return new Tested(result, List.copyOf(devices));
  }
}
