package org.aparanet.train.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.report.training.CurveRecorder;
import org.aparanet.report.training.Point;
import org.aparanet.report.training.TrainingCurves;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.evaluate.Accuracy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryFileTest {
  private static final TrainingListener.Progress SO_FAR =
      new TrainingListener.Progress(8, 16, 1, 0.5, 100, 1);

  @TempDir Path folder;

  @Test
  void aHistoryGivesTheCurvesOfItsRun() {
    Path file = folder.resolve("history.jsonl");
    CurveRecorder recorder = new CurveRecorder();
    try (History history = new History(file, Map.of("learning_rate", 0.07f))) {
      TrainingListener both = TrainingListener.all(List.of(history, recorder));
      for (int epoch = 1; epoch <= 3; epoch++) {
        for (int i = 1; i <= 400; i++) {
          both.step(
              new TrainingListener.Step(
                  400 * (epoch - 1) + i, epoch, 8, 1.0 / i, 0.5, 0.07f / epoch, SO_FAR));
        }
        both.epoch(
            new TrainingListener.Epoch(
                epoch,
                1.0 / epoch,
                0.25,
                Optional.empty(),
                epoch == 2 ? Optional.empty() : Optional.of(new Accuracy(epoch, 4)),
                1,
                1));
      }
    }

    TrainingCurves curves = CurveRecorder.read(file);

    assertEquals(recorder.curves(), curves);
    assertEquals(300, curves.stepLoss().size()); // 1200 steps in points of four
    assertEquals(
        List.of(new Point(400, 1), new Point(800, 0.5), new Point(1200, 1.0 / 3)),
        curves.epochLoss());
    assertEquals(
        List.of(new Point(1, 0.25), new Point(3, 0.75)), curves.testAccuracy(), "2 was not tested");
    assertEquals(300, curves.learningRate().size());
    assertEquals(0.07, curves.learningRate().get(0).y());
  }

  @Test
  void whatItDoesNotKnowIsLeftOutAndLearningRatesAreTaken() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(
        file,
        "{\"note\":[1]}\n{\"step\":1,\"loss\":2.5,\"learning_rate\":0.5,\"other\":{\"a\":null}}\n"
            + "{\"step\":2,\"loss\":2.5,\"learning_rate\":0.25}\n");

    TrainingCurves curves = CurveRecorder.read(file);

    assertEquals(List.of(new Point(1, 2.5), new Point(2, 2.5)), curves.stepLoss());
    assertEquals(List.of(new Point(1, 0.5), new Point(2, 0.25)), curves.learningRate());
    assertEquals(List.of(), curves.testAccuracy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"step\":1,\"los | it is not a JSON object",
        "`` | it is not a JSON object",
        "[1] | it is not a JSON object",
        "{'step':1} | it is not a JSON object",
        "{\"step\":1,\"loss\":1} {} | it is not a JSON object",
        "{\"step\":1,\"loss\":NaN} | it is not a JSON object",
        "{\"step\":1,\"loss\":1e999} | \"loss\" is not a finite number",
        "{\"step\":1} | \"loss\" is missing",
        "{\"step\":\"1\",\"loss\":1} | \"step\" is not a finite number",
        "{\"epoch\":1,\"train_loss\":1} | \"train_accuracy\" is missing",
      })
  void aBrokenLineIsNamed(String line, String reason) throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, "{\"step\":1,\"loss\":1}\n" + line + "\n{}\n");

    assertEquals("history file " + file + ", line 2 cannot be read: " + reason, refusal(file));
  }

  @Test
  void filesThatAreNoHistoryAreNamed() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = Files.writeString(folder.resolve("empty"), "{}\n");

    assertEquals(
        "history file " + missing + " cannot be read: there is no such file", refusal(missing));
    assertEquals(
        "history file " + empty + " cannot be read: it holds no steps and no epochs",
        refusal(empty));
    assertEquals("history file " + folder + " cannot be read: it is a folder", refusal(folder));
  }

  private static String refusal(Path file) {
    return assertThrows(UncheckedIOException.class, () -> CurveRecorder.read(file)).getMessage();
  }
}
