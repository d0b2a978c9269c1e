package org.aparanet.cli.option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.Session;
import org.aparanet.file.Claims;
import org.aparanet.file.Target;
import org.aparanet.model.Model;
import org.aparanet.report.evaluation.EvaluationPage;
import org.aparanet.report.evaluation.EvaluationReport;
import org.aparanet.report.page.ReportFile;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.Prediction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --html}, for the commands that test a model: the results as a page. */
public final class PageOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page with the results, worst mistakes and filters to this file.")
  private Path html;

  private final CurveRecorder recorder = new CurveRecorder();

  /** Takes the page that a resumed training had, unless another one is given. */
  public void takeUnlessGiven(Optional<Path> kept) {
    if (html == null) {
      html = kept.orElse(null);
    }
  }

  /** The file of the page; null if none is wanted. */
  public Path file() {
    return html;
  }

  /** Whether a page is wanted. */
  public boolean wanted() {
    return html != null;
  }

  /** Makes sure that the page can be written, by this process alone. */
  public void check(Claims claims) {
    OutputFile.check("--html", html, claims);
  }

  /**
   * Makes sure that the page replaces no other file of the command.
   *
   * @param name the option or argument that names the other file
   * @param file the other file, or null if there is none
   */
  public void checkDiffers(String name, Path file) {
    if (wanted() && file != null && Target.same(html, file)) {
      boolean option = name.startsWith("-");
      throw new ParameterException(
          mixee.commandLine(),
          (option ? "options " + name + " and --html" : "argument " + name + " and option --html")
              + " both name "
              + html
              + "; they need two files");
    }
  }

  /** Makes sure that the page gets no place of a checkpoint. */
  public void checkFolder(CheckpointOptions checkpoints) {
    checkpoints.checkDiffers("--html", html);
  }

  /** Records the curves of a training whose page is wanted. */
  public Optional<TrainingListener> listener() {
    return wanted() ? Optional.of(recorder) : Optional.empty();
  }

  /**
   * Tests a trained model once more and writes its page, if one is wanted.
   *
   * @param history of the whole training, where this process saw only the end of it
   */
  public void write(
      Session session,
      ImageSet test,
      Model model,
      TrainingPlan plan,
      TrainingResult result,
      Optional<Path> history) {
    if (!wanted()) {
      return;
    }
    session.setParameters(model.parameters());
    Evaluation.Detailed detailed = new Evaluation(session, test).detailed();
    write(
        report(model, test, detailed.predictions(), session.device())
            .with("trained", description(plan, result))
            .with(history.map(CurveRecorder::read).orElseGet(recorder::curves)));
  }

  /** The content of the page for a test that has just been made. */
  public EvaluationReport report(
      Model model, ImageSet images, List<Prediction> predictions, Device device) {
    return new EvaluationReport(
        model, images, predictions, device, Instant.now(), images.classNames());
  }

  /** Writes the page, and says so. */
  public void write(EvaluationReport report) {
    ReportFile.write(html, EvaluationPage.of(report));
    PrintWriter err = mixee.commandLine().getErr();
    err.println("wrote " + html);
    err.flush();
  }

  /** How a model was trained. */
  public static String description(TrainingPlan plan, TrainingResult result) {
    return String.format(
        Locale.ROOT,
        "epochs %d, batch %d, learning rate %s, seed %d; %.1f s, %.0f images/s on %s",
        plan.epochs(),
        plan.batch(),
        plan.learningRate(),
        plan.seed(),
        result.seconds(),
        result.imagesPerSecond(),
        TrainingSummary.devices(result, plan));
  }
}
