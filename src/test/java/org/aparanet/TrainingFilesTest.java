package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.ModelFileException;
import org.aparanet.train.TrainingDivergedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.history.History;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a training of a Java program does to files, and refuses to do. */
class TrainingFilesTest {
  @TempDir Path folder;

  private Path model;
  private byte[] before;

  @BeforeEach
  void saveAModel() throws IOException {
    model = folder.resolve("model.part");
    SmallTraining.begin().epochs(1).run(SmallTraining.SET).model().save(model);
    before = Files.readAllBytes(model);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void theModelToStartFromIsNoHistory() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    for (Path history : List.of(model, folder.resolve("model"), link)) {
      assertEquals(
          "weights and history both name " + model + "; they need two files",
          refused(Training.model(model).history(history)).getMessage());
    }
    assertArrayEquals(before, Files.readAllBytes(model));
    assertEquals(2, list().size(), "nothing was begun: " + list());
  }

  @Test
  void theOutputIsNoHistory() throws IOException {
    Path file = folder.resolve("file");
    for (Path output : List.of(file, History.part(file))) {
      assertEquals(
          "output and history both name " + output + "; they need two files",
          refused(SmallTraining.begin().history(file).output(output)).getMessage());
    }
    assertEquals(List.of(model), list());
  }

  @Test
  void filesHaveNoNamesOfCheckpoints() {
    Path kept = folder.resolve("kept");
    Path best = kept.resolve("best.safetensors");
    assertEquals(
        "output and checkpoints: " + best + " is a name that checkpoints have; name another file",
        refused(SmallTraining.begin().checkpoints(kept).output(best)).getMessage());
    assertEquals(
        "history and checkpoints: " + kept + " cannot be a file and a folder; name another file",
        refused(SmallTraining.begin().checkpoints(kept).history(kept)).getMessage());
    assertEquals(
        "weights and checkpoints: " + best + " is a name that checkpoints have; name another file",
        refused(Training.model(best).checkpoints(kept)).getMessage());
  }

  @Test
  void aModelCanBeTrainedFurtherInItsPlace() throws IOException {
    Model further =
        Training.model(model).output(model).device("cpu").run(SmallTraining.SET).model();
    assertArrayEquals(further.parameters(), ModelFile.load(model).parameters());
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefusedBeforeTheFirstStep() throws IOException {
    Path missing = folder.resolve("missing").resolve("model");
    assertEquals(
        folder + ": cannot be written (that is a folder; it takes the name of a file)",
        refused(ModelFileException.class, SmallTraining.begin().output(folder)).getMessage());
    assertEquals(
        missing + ": cannot be written (there is no folder " + missing.getParent() + ")",
        refused(ModelFileException.class, SmallTraining.begin().output(missing)).getMessage());
    assertEquals(
        "history file "
            + folder
            + " cannot be written: that is a folder; it takes the name of a file",
        refused(UncheckedIOException.class, SmallTraining.begin().history(folder)).getMessage());
    assertEquals(List.of(model), list());
  }

  @Test
  void anOutputIsOfOneTrainingAtATime() throws IOException {
    Path output = folder.resolve("output");
    Training second = SmallTraining.begin().output(output);
    String[] refusal = new String[1];
    SmallTraining.begin()
        .output(output)
        .listener(
            new TrainingListener() {
              @Override
              public void epoch(Epoch epoch) {
                refusal[0] = refused(ModelFileException.class, second).getMessage();
              }
            })
        .run(SmallTraining.SET);
    assertEquals(
        output
            + ": cannot be written (this very process, "
            + ProcessHandle.current().pid()
            + ", is using it already)",
        refusal[0]);
    SmallTraining.begin().output(output).run(SmallTraining.SET);
    assertEquals(List.of(model, output), list());
  }

  /** To Java, the empty path is the working folder. */
  @Test
  void emptyPathsAreRefused() {
    Path empty = Path.of("");
    String sentence = ": the path is empty; it takes the name of a file or folder";
    Training training = SmallTraining.begin();
    assertEquals("output" + sentence, illegal(() -> training.output(empty)));
    assertEquals("history" + sentence, illegal(() -> training.history(empty)));
    assertEquals("checkpoints" + sentence, illegal(() -> training.checkpoints(empty)));
    assertEquals("checkpoints" + sentence, illegal(() -> Training.resume(empty)));
    assertEquals("weights" + sentence, illegal(() -> Training.model(empty)));
    Model trained = training.run(SmallTraining.SET).model();
    assertEquals("model file" + sentence, illegal(() -> trained.save(empty)));
    assertEquals("model file" + sentence, illegal(() -> trained.saveOnnx(empty)));
  }

  /** What there is of it stands where that of a killed process does. */
  @Test
  void aRunThatFailsLeavesAnOlderHistory() throws IOException {
    Path history = Files.writeString(folder.resolve("history"), "older");
    assertThrows(
        TrainingDivergedException.class,
        () -> SmallTraining.begin().learningRate(1e30).history(history).run(SmallTraining.SET));
    assertEquals("older", Files.readString(history));
    assertTrue(Files.exists(History.part(history)));

    Training throwing = SmallTraining.begin().history(history);
    throwing.listener(
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            throw new IllegalStateException("of the listener");
          }
        });
    assertThrows(IllegalStateException.class, () -> throwing.run(SmallTraining.SET));
    assertEquals("older", Files.readString(history));
    assertEquals(6, Files.readAllLines(History.part(history)).size(), "a line for each step");

    SmallTraining.begin().history(history).run(SmallTraining.SET);
    assertEquals(1 + 3 * 5 + 3, Files.readAllLines(history).size());
    assertFalse(Files.exists(History.part(history)));
  }

  private static IllegalArgumentException refused(Training training) {
    return refused(IllegalArgumentException.class, training);
  }

  /** Before the first step. */
  private static <T extends Exception> T refused(Class<T> type, Training training) {
    training.listener(
        new TrainingListener() {
          @Override
          public void step(Step step) {
            throw new AssertionError("step " + step.step() + " of what is to be refused");
          }
        });
    return assertThrows(type, () -> training.run(SmallTraining.SET));
  }

  private static String illegal(Runnable setting) {
    return assertThrows(IllegalArgumentException.class, setting::run).getMessage();
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
