package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aparanet.model.ModelFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: a sentence, status 1, and what was there before as it was. */
class FullDiskTest {
  private static final int BYTES = 256 << 10;

  @TempDir static Path folder;
  private static Path disk;
  private static boolean mounted;
  private static Path data;

  @BeforeAll
  static void mountASmallDisk() throws Exception {
    disk = Files.createDirectories(folder.resolve("disk"));
    data = SmallSet.write(folder.resolve("quarters"), 400, 40);
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", "" + disk) == 0;
    assumeTrue(mounted, "NOT TESTED: a full disk needs the right to mount a small tmpfs (root)");
  }

  @AfterAll
  static void unmount() throws Exception {
    if (mounted) {
      assertEquals(0, run("umount", "" + disk));
    }
  }

  @BeforeEach
  void empty() throws IOException {
    try (var files = Files.walk(disk)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(disk)) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aModelThatDoesNotFitLeavesTheOlderOne() throws IOException {
    Path model = Files.writeString(disk.resolve("model"), "older");

    Run run = train("--network", "dense 2000, dense 4", "--output", "" + model);

    assertEquals(1, run.status);
    assertEquals(
        "aparanet: " + model + ": cannot be written (No space left on device)", run.last());
    assertEquals("older", Files.readString(model));
    assertEquals(List.of("model"), names());
    assertEquals("", run.out);
  }

  @Test
  void aCheckpointThatDoesNotFitStopsTheTrainingAndLeavesTheOlderOnes() throws IOException {
    Path kept = disk.resolve("checkpoints");
    // about 10 KiB a checkpoint and a best model
    List<String> arguments = List.of("--network", "dense 30, dense 4", "--checkpoint", "" + kept);
    List<String> more = new ArrayList<>(arguments);
    more.addAll(List.of("--checkpoint-keep", "1000", "--checkpoint-every", "5"));

    Run run = train(more.toArray(String[]::new));

    assertEquals(1, run.status);
    assertTrue(
        run.last()
            .matches(
                "aparanet: .*/(best|step-\\d+)\\.safetensors: cannot be written \\(No space left on"
                    + " device\\); the parameters after step \\d+ were still good, but were lost;"
                    + " give --output FILE to keep them"),
        run.last());
    try (var files = Files.list(kept)) {
      for (Path file : files.toList()) {
        assertTrue(file.toString().endsWith(".safetensors"), file + " is left over");
        assertEquals("dense 30, dense 4", ModelFile.load(file).network().text());
      }
    }
  }

  @Test
  void aHistoryThatDoesNotFitStaysReadableUpToThere() throws IOException {
    Path model = folder.resolve("model");
    Path history = Files.writeString(disk.resolve("history"), "older");

    Run run = train("--epochs", "100", "--output", "" + model, "--history", "" + history);

    assertEquals(1, run.status);
    assertEquals(
        "aparanet: history file " + history + " cannot be written: No space left on device",
        run.last());
    assertEquals("older", Files.readString(history));
    assertTrue(Files.exists(model), "the training itself went well");
    String part = Files.readString(disk.resolve("history.part"));
    assertTrue(part.endsWith("\n"));
    List<String> lines = part.lines().toList();
    assertTrue(lines.size() > 1000, "" + lines.size());
    long step = 0;
    for (String line : lines.subList(1, lines.size())) {
      var object = JsonParser.parseString(line).getAsJsonObject();
      step += object.has("step") ? 1 : 0;
      assertTrue(!object.has("step") || object.get("step").getAsLong() == step, line);
    }
    assertFalse(run.err.contains("\tat "), run.err);
  }

  @Test
  void predictionsThatDoNotFitLeaveTheOlderOnes() throws IOException {
    Path model = SmallModel.write(folder.resolve("small"));
    Path image = SmallModel.image(folder.resolve("image.png"), false);
    Path json = Files.writeString(disk.resolve("json"), "older");
    List<String> arguments =
        new ArrayList<>(List.of("predict", "" + model, "--device", "cpu", "--json", "" + json));
    arguments.addAll(Collections.nCopies(2000, "" + image));

    Run run = aparanet(arguments);

    assertEquals(1, run.status);
    assertEquals("aparanet: " + json + ": cannot be written (No space left on device)", run.last());
    assertEquals("older", Files.readString(json));
    assertEquals(List.of("json"), names());
  }

  private Run train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", "" + data));
    arguments.addAll(List.of("--device", "cpu", "--threads", "1", "--batch", "10"));
    if (!List.of(more).contains("--network")) {
      arguments.addAll(List.of("--network", "dense 4"));
    }
    arguments.addAll(List.of(more));
    return aparanet(arguments);
  }

  private static Run aparanet(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    return new Run(status, out.toString(), err.toString());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(disk)) {
      return files.map(file -> "" + file.getFileName()).sorted().toList();
    }
  }

  private static int run(String... command) throws IOException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : 1;
    } catch (IOException e) {
      return 1; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private record Run(int status, String out, String err) {
    String last() {
      return err.lines().reduce((before, line) -> line).orElse("");
    }
  }
}
