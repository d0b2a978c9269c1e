package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aparanet.ChildJvm;
import org.aparanet.file.Claims;
import org.aparanet.train.history.History;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command writes is refused at once while something else writes it. */
class ClaimedFilesTest {
  private static final String USED =
      "this very process, " + ProcessHandle.current().pid() + ", is using it already";

  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void writeData() throws IOException {
    data = SmallSet.write(shared.resolve("quarters"), 400, 40);
  }

  @BeforeEach
  void nameFile() {
    file = folder.resolve("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history", "--html"})
  void byATraining(String option) throws IOException {
    try (Claims claims = new Claims()) {
      claims.file(file);
      assertRefused(fileRefusal(option, file), train(option, "" + file));
    }
    assertEquals(0, run(train(option, "" + file)).status());
    assertEquals(List.of(file), files());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--html"})
  void byABench(String option) throws IOException {
    try (Claims claims = new Claims()) {
      claims.file(file);
      assertRefused(fileRefusal(option, file), "bench", "--device", "cpu", option, "" + file);
    }
    assertEquals(List.of(), files());
  }

  @Test
  void byAnEvaluation() throws IOException {
    Path model = folder.resolve("model");
    assertEquals(0, run(train("--output", "" + model)).status());
    for (String option : List.of("--html", "--json")) {
      String[] evaluate = {"evaluate", "" + model, "--data", "" + data, option, "" + file};
      try (Claims claims = new Claims()) {
        claims.file(file);
        assertRefused(fileRefusal(option, file), evaluate);
      }
      assertEquals(0, run(evaluate).status());
      assertEquals(List.of(file, model), files());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history", "--html"})
  void byATrainingInItsFolderOfCheckpoints(String option) throws IOException {
    try (Claims claims = new Claims()) {
      claims.folder(folder);
      assertRefused(fileRefusal(option, file), train(option, "" + file));
      assertEquals(List.of(), files().stream().filter(path -> !path.endsWith(".lock")).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--output", "--history", "--html"})
  void notUnderANameThatCheckpointsHave(String option) throws IOException {
    for (String name : List.of("step-0000000008.safetensors", "best.safetensors")) {
      Path own = folder.resolve(name);
      CommandRun run = run(train(option, "" + own, "--checkpoint", "" + folder));
      assertEquals(2, run.status());
      assertTrue(
          run.err()
              .contains(
                  "options "
                      + option
                      + " and --checkpoint: "
                      + own
                      + " is a name that checkpoints have; name another file"),
          run.err());
    }
    CommandRun both = run(train(option, "" + file, "--checkpoint", "" + file));
    assertEquals(2, both.status());
    assertTrue(
        both.err().contains(file + " cannot be a file and a folder; name another file"),
        both.err());
    assertEquals(List.of(), files());
  }

  @Test
  void notUnderTheNameOfALock() throws IOException {
    Path lock = folder.resolve(".h.jsonl.lock");
    assertRefused(
        "option --output: cannot write "
            + lock
            + ": names that begin with a dot and end in .lock are for locks",
        train("--output", "" + lock));
    assertEquals(List.of(), files());
  }

  @Test
  void aHistoryIsAlsoItsUnfinishedFile() throws IOException {
    Path part = History.part(file);
    try (Claims claims = new Claims()) {
      claims.file(part);
      assertRefused(fileRefusal("--history", part), train("--history", "" + file));
    }
    CommandRun twice = run(train("--history", "" + file, "--output", "" + part));
    assertEquals(2, twice.status());
    assertTrue(
        twice.err().contains("options --output and --history both name " + part), twice.err());
    assertEquals(List.of(), files());
  }

  @Test
  void aFolderOfCheckpointsIsOfOneTraining() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("file"));
    Files.createDirectory(file);
    try (Claims claims = new Claims()) {
      claims.folder(file);
      assertRefused(
          link + ": cannot be used as a folder for checkpoints (" + USED + ")",
          train("--checkpoint", "" + link));
    }
    assertEquals(0, run(train("--checkpoint", "" + link)).status());
    try (Claims claims = new Claims()) {
      claims.folder(file);
      assertRefused(
          "option --resume: folder " + link + ": " + USED + "; wait for its end",
          "train",
          "--resume",
          "" + link);
    }
    assertEquals(0, run("train", "--resume", "" + link).status());
    try (Stream<Path> left = Files.list(file)) {
      assertTrue(left.allMatch(kept -> ("" + kept).endsWith(".safetensors")));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it is no signal, and kills")
  void aTrainingThatIsToldToEndLeavesWhatItHasToLeave() throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(train("--checkpoint", "" + folder.resolve("kept"))));
    arguments.addAll(List.of("--checkpoint-every", "1", "--checkpoint-keep", "2"));
    arguments.addAll(List.of("--history", "" + file, "--output", "" + folder.resolve("model")));
    arguments.set(arguments.indexOf("--epochs") + 1, "100000");
    Process training =
        ChildJvm.start(
            List.of("--add-modules", "jdk.incubator.vector", "-Xmx256m"),
            Main.class.getName(),
            arguments);
    try {
      while (!reached(folder.resolve("kept"), 100) && training.isAlive()) {
        Thread.sleep(1);
      }
      training.destroy();
      assertTrue(training.waitFor(30, TimeUnit.SECONDS));
    } finally {
      training.destroyForcibly();
    }
    assertTrue(Files.exists(History.part(file)));
    assertEquals(List.of(History.part(file), folder.resolve("kept")), files());
    try (Stream<Path> kept = Files.list(folder.resolve("kept"))) {
      List<Path> left = kept.toList();
      assertTrue(left.stream().allMatch(k -> ("" + k).endsWith(".safetensors")), "" + left);
    }
  }

  /**
   * Whether there is a checkpoint of a step or of a later one. That of one step alone is there for
   * so short a time that a look at the folder may miss it.
   */
  private static boolean reached(Path checkpoints, int step) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return false;
    }
    String first = String.format("step-%010d.safetensors", step);
    try (Stream<Path> kept = Files.list(checkpoints)) {
      return kept.map(k -> "" + k.getFileName())
          .anyMatch(name -> name.matches("step-\\d+\\.safetensors") && name.compareTo(first) >= 0);
    }
  }

  private static String fileRefusal(String option, Path file) {
    return "option "
        + option
        + ": cannot write "
        + file
        + ": "
        + USED
        + "; name another file, or wait for its end";
  }

  private static String[] train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", "" + data));
    arguments.addAll(List.of("--device", "cpu", "--threads", "1", "--network", "dense 4"));
    arguments.addAll(List.of("--epochs", "1", "--batch", "20"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static void assertRefused(String sentence, String... arguments) {
    CommandRun run = run(arguments);
    assertEquals(1, run.status(), run.err());
    assertEquals("aparanet: " + sentence, run.err().strip());
    assertEquals("", run.out());
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
