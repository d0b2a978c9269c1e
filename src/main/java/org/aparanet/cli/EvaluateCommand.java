package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engines;
import org.aparanet.engine.Session;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.train.Evaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public void run() {
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    ImageSet images = data.openTest(model, err);
    try (Engines.Opened opened = device.open(model.network(), Evaluation.BATCH, err)) {
      Session session = opened.session();
      session.setParameters(model.parameters());
      Evaluation.Timed timed = new Evaluation(session, images).timed();
      spec.commandLine()
          .getOut()
          .println(
              ResultLine.of(
                  timed.accuracy(),
                  timed.seconds(),
                  timed.imagesPerSecond(),
                  List.of(session.device())));
    }
  }
}
