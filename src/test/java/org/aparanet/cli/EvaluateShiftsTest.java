package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Evaluation;
import org.aparanet.train.evaluate.ShiftedEvaluation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateShiftsTest {
  private static final String RESULT =
      "test accuracy \\d+\\.\\d\\d % \\(\\d+ of 10000\\), \\d+\\.\\d s, \\d+ images/s on cpu \\(.+\\)";

  @TempDir Path folder;

  @Test
  void averagesOverShiftsAndSaysHowMany() {
    String model = folder.resolve("model").toString();
    String network = "pool 4, dense 10";
    assertEquals(
        0,
        run("train", "--device", "cpu", "--limit", "500", "--network", network, "--output", model)
            .status());

    CommandRun plain = run("evaluate", model, "--device", "cpu");
    CommandRun shifted = run("evaluate", model, "--device", "cpu", "--shifts", "1");

    assertEquals(0, shifted.status(), shifted.err());
    assertTrue(shifted.out().strip().matches(RESULT), shifted.out());
    assertTrue(
        shifted.err().contains("each image is classified 9 times, moved by up to 1 px"),
        shifted.err());
    assertEquals("test accuracy " + expected(model, 0), accuracy(plain));
    assertEquals("test accuracy " + expected(model, 1), accuracy(shifted));
    assertNotEquals(accuracy(plain), accuracy(shifted));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "-1", "1.5", "two"})
  void otherShiftsAreWrongUsage(String shifts) {
    CommandRun run = run("evaluate", "model", "--shifts=" + shifts);

    assertEquals(
        "aparanet: option --shifts: \""
            + shifts
            + "\" is not allowed; it takes a whole number from 0 to 4 (see aparanet evaluate"
            + " --help)",
        run.err().strip());
    assertEquals(2, run.status());
  }

  private static Accuracy expected(String file, int shift) {
    Model model = ModelFile.load(Path.of(file));
    ImageSet images = DataSets.openSplit("mnist", Home.data(), Split.TEST);
    return new ShiftedEvaluation(images, shift)
        .detailed(
            () -> {
              Session session = new CpuEngine(1).open(model.network(), Evaluation.BATCH);
              session.setParameters(model.parameters());
              return session;
            })
        .timed()
        .accuracy();
  }

  private static String accuracy(CommandRun run) {
    return run.out().replaceFirst("(?s),.*", "");
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
