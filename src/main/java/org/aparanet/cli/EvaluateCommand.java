package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engines;
import org.aparanet.engine.Session;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.report.EvaluationReport;
import org.aparanet.report.HistoryFile;
import org.aparanet.report.TrainingCurves;
import org.aparanet.train.Evaluation;
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

  @Mixin private DataOption data;
  @Mixin private DeviceOptions device;
  @Mixin private PageOption page;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Show on the page the curves of the training that wrote this history.")
  private Path history;

  @Override
  public void run() {
    page.check();
    page.checkDiffers("MODEL", file);
    page.checkDiffers("--history", history);
    if (history != null && !page.wanted()) {
      throw new ParameterException(
          spec.commandLine(), "option --history is for the page; it needs --html");
    }
    Optional<TrainingCurves> curves = Optional.ofNullable(history).map(HistoryFile::read);
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    ImageSet images = data.openTest();
    Fit.check(model.network(), images);
    try (Engines.Opened opened = device.open(model.network(), Evaluation.BATCH, err)) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      Evaluation evaluation = new Evaluation(session, images);
      Optional<Evaluation.Detailed> detailed =
          page.wanted() ? Optional.of(evaluation.detailed()) : Optional.empty();
      Evaluation.Timed timed =
          detailed.map(Evaluation.Detailed::timed).orElseGet(evaluation::timed);
      spec.commandLine()
          .getOut()
          .println(
              ResultLine.of(
                  timed.accuracy(),
                  timed.seconds(),
                  timed.imagesPerSecond(),
                  List.of(session.device())));
      detailed.ifPresent(
          d -> {
            EvaluationReport report =
                page.report(model, images, d.predictions(), session.device())
                    .with("model", file.toString());
            curves.ifPresent(report::with);
            page.write(report);
          });
    }
  }
}
