package org.aparanet.train.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.train.Position;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final TrainingListener.Progress SO_FAR =
      new TrainingListener.Progress(8, 16, 1, 0.5, 100, 1);

  @TempDir Path folder;

  @Test
  void holdsTheRunTheStepsAndTheEpochs() throws IOException {
    Path file = folder.resolve("history.jsonl");
    double loss = Math.nextUp(0.1);
    Map<String, Object> run =
        Map.of("network", "dense \"10\"\n", "learning_rate", 0.07f, "shuffle", true);

    try (History history = new History(file, run)) {
      history.step(new TrainingListener.Step(1, 1, 8, loss, 0.125, 0.07f, SO_FAR));
      history.epoch(
          new TrainingListener.Epoch(
              1,
              1e-300,
              1.0 / 3,
              Optional.empty(),
              Optional.of(new Accuracy(3, 4)),
              0.7,
              123456.789));
    }

    List<JsonObject> lines = lines(file);
    assertEquals(3, lines.size());
    assertEquals("dense \"10\"\n", lines.get(0).get("network").getAsString());
    assertEquals(new JsonPrimitive(true), lines.get(0).get("shuffle"));
    assertEquals("0.07", lines.get(0).getAsJsonPrimitive("learning_rate").toString());
    assertEquals(1, lines.get(1).get("step").getAsLong());
    assertEquals(1, lines.get(1).get("epoch").getAsInt());
    assertEquals(loss, lines.get(1).get("loss").getAsDouble());
    assertEquals(0.125, lines.get(1).get("accuracy").getAsDouble());
    assertEquals("0.07", lines.get(1).getAsJsonPrimitive("learning_rate").toString());
    assertFalse(lines.get(2).has("step"));
    assertEquals(1, lines.get(2).get("epoch").getAsInt());
    assertEquals(1e-300, lines.get(2).get("train_loss").getAsDouble());
    assertEquals(1.0 / 3, lines.get(2).get("train_accuracy").getAsDouble());
    assertEquals(0.75, lines.get(2).get("test_accuracy").getAsDouble());
    assertEquals(0.7, lines.get(2).get("seconds").getAsDouble());
    assertEquals(123456.789, lines.get(2).get("images_per_second").getAsDouble());
  }

  @Test
  void linesHaveTheNamesOfTheDocumentation() throws IOException {
    Path file = folder.resolve("history.jsonl");

    try (History history = new History(file, Map.of("seed", 1))) {
      history.step(new TrainingListener.Step(5, 2, 8, 2.5, 0.125, 0.07f, SO_FAR));
      history.epoch(
          new TrainingListener.Epoch(
              2,
              0.5,
              0.25,
              Optional.of(new Score(new Accuracy(3, 8), 0.75)),
              Optional.empty(),
              1.5,
              99));
    }

    assertEquals(
        List.of(
            "{\"seed\":1}",
            "{\"step\":5,\"epoch\":2,\"loss\":2.5,\"accuracy\":0.125,\"learning_rate\":0.07}",
            "{\"epoch\":2,\"train_loss\":0.5,\"train_accuracy\":0.25,\"validation_loss\":0.75,"
                + "\"validation_accuracy\":0.375,\"seconds\":1.5,\"images_per_second\":99.0}"),
        Files.readAllLines(file));
  }

  @Test
  void anOlderFileStaysUntilTheRunEndsAndEachEpochCanBeReadBeforeThat() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, "older");

    try (History history = new History(file, Map.of())) {
      history.epoch(epoch(1));
      assertEquals("older", Files.readString(file));
      assertEquals(2, lines(folder.resolve("history.jsonl.part")).size());
    }

    assertEquals(2, lines(file).size());
    assertEquals(List.of(file), list());
  }

  @Test
  void theHistoryOfARunThatFailsLeavesAnOlderFileAndCanBeGoneOnWith() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Path part = folder.resolve("history.jsonl.part");
    Files.writeString(file, "older");

    try (History history = new History(file, Map.of("seed", 1))) {
      history.step(step(1));
      history.fail();
    }

    assertEquals("older", Files.readString(file));
    assertEquals(2, lines(part).size());
    History.resume(file, Map.of("seed", 1), new Position(1, 1, 8, 0, 0)).close();
    assertEquals(2, lines(file).size());
    assertEquals(List.of(file), list());
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("missing").resolve("history.jsonl");

    UncheckedIOException thrown =
        assertThrows(UncheckedIOException.class, () -> new History(file, Map.of()));

    assertTrue(
        thrown.getMessage().startsWith("history file " + file + " cannot be written: "),
        thrown.getMessage());
  }

  @Test
  void aSecondHistoryOfThatNameIsRefusedUntilTheFirstIsClosed() throws IOException {
    Path file = folder.resolve("history.jsonl");
    try (History first = new History(file, Map.of("seed", 1))) {
      for (Path same : List.of(file, folder.resolve(".").resolve("history.jsonl"))) {
        UncheckedIOException thrown =
            assertThrows(UncheckedIOException.class, () -> new History(same, Map.of("seed", 2)));
        assertEquals(
            "history file "
                + same
                + " cannot be written: this very process, "
                + ProcessHandle.current().pid()
                + ", is using it already",
            thrown.getMessage());
      }
      first.step(new TrainingListener.Step(1, 1, 8, 2.5, 0.5, 0.1f, SO_FAR));
    }
    assertEquals(2, Files.readAllLines(file).size());
    assertTrue(Files.readString(file).startsWith("{\"seed\":1}"));
    new History(file, Map.of("seed", 2)).close();
    assertEquals("{\"seed\":2}\n", Files.readString(file));
  }

  @Test
  void aFailureDuringTheRunIsToldAtItsEnd() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.createDirectories(file.resolve("in the way"));
    History history = new History(file, Map.of());
    history.step(new TrainingListener.Step(1, 1, 8, 1, 1, 1, SO_FAR));

    UncheckedIOException thrown = assertThrows(UncheckedIOException.class, history::close);

    assertTrue(thrown.getMessage().contains(file.toString()), thrown.getMessage());
  }

  @Test
  void goesOnFromAPositionWithoutAnyLineTwice() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Path part = folder.resolve("history.jsonl.part");
    Map<String, Object> run = Map.of("seed", Long.MIN_VALUE, "learning_rate", 0.07f);
    try (History history = new History(file, run)) {
      for (int step = 1; step <= 6; step++) {
        history.step(step(step));
        if (step % 2 == 0) {
          history.epoch(epoch(step / 2));
        }
      }
    }
    String whole = Files.readString(file);
    String torn = whole + "{\"step\":7,\"ep";
    for (boolean killed : new boolean[] {true, false}) {
      for (int step = 0; step <= 6; step++) {
        Files.deleteIfExists(file);
        Files.writeString(killed ? part : file, torn);
        Position position = new Position(step / 2 + 1, step, step % 2 * 8, 0, 0);

        try (History history = History.resume(file, run, position)) {
          for (int next = step + 1; next <= 6; next++) {
            history.step(step(next));
            if (next % 2 == 0) {
              history.epoch(epoch(next / 2));
            }
          }
        }

        assertEquals(whole, Files.readString(file), "from step " + step);
        assertEquals(List.of(file), list());
      }
    }
  }

  @Test
  void aNewFileInTheMiddleOfARunSaysSoAndCanBeGoneOnWith() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Path part = folder.resolve("history.jsonl.part");
    String killed;
    try (History history = History.resume(file, Map.of("seed", 1), new Position(2, 4, 0, 0, 0))) {
      history.step(step(5));
      history.writeOut();
      killed = Files.readString(part);
    }
    Files.delete(file);
    Files.writeString(part, killed);

    try (History again = History.resume(file, Map.of("seed", 1), new Position(2, 5, 8, 0, 0))) {
      again.step(step(6));
    }

    List<JsonObject> lines = lines(file);
    assertEquals(4, lines.get(0).get("after_step").getAsInt());
    assertEquals(5, lines.get(1).get("step").getAsInt());
    assertEquals(6, lines.get(2).get("step").getAsInt());
    assertEquals(3, lines.size());
  }

  @Test
  void aHistoryThatDoesNotBelongToTheRunIsRefused() throws IOException {
    Path file = folder.resolve("history.jsonl");
    try (History history = new History(file, Map.of("seed", 1))) {
      history.step(step(1));
    }
    String before = Files.readString(file);

    assertEquals(
        "history file " + file + " is of another run; name another with --history",
        assertThrows(
                UncheckedIOException.class,
                () -> History.resume(file, Map.of("seed", 2), new Position(1, 1, 8, 0, 0)))
            .getMessage());
    assertEquals(
        "history file "
            + file
            + " does not go up to step 2, from which the run goes on; name another with --history",
        assertThrows(
                UncheckedIOException.class,
                () -> History.resume(file, Map.of("seed", 1), new Position(1, 2, 8, 0, 0)))
            .getMessage());
    assertEquals(before, Files.readString(file));
    assertEquals(List.of(file), list());
  }

  private static TrainingListener.Step step(int number) {
    return new TrainingListener.Step(number, (number + 1) / 2, 8, 1.0 / number, 0.5, 0.07f, SO_FAR);
  }

  private static TrainingListener.Epoch epoch(int number) {
    return new TrainingListener.Epoch(
        number, 1, 1, Optional.empty(), Optional.of(new Accuracy(1, 1)), 1, 1);
  }

  private static List<JsonObject> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
