package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.aparanet.ChildJvm;
import org.aparanet.model.ModelFile;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment, again and again, comes to the same model and history as
 * one that is not. {@code -Daparanet.test.kills=50} kills more often than the build has time for.
 */
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("aparanet.test.kills", 3);

  /** A training that takes no longer than it has to until it is killed so often. */
  private static final int EPOCHS = 4 + 2 * KILLS;

  private static final List<String> JVM =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx256m",
          "--add-modules",
          "jdk.incubator.vector");

  @TempDir Path folder;

  @Test
  void theModelIsThatOfATrainingThatWasNotInterrupted() throws Exception {
    Path data = SmallSet.write(folder.resolve("quarters"), 900, 40);
    assertEquals(0, Main.run(discard(), discard(), begin(data, "expected")));
    byte[] expected = Files.readAllBytes(folder.resolve("expected"));
    List<String> lines = lines("expected.jsonl");
    assertEquals(1 + EPOCHS * (81 + 1), lines.size(), "810 images in tens");

    Random random = new Random(KILLS);
    Process process = ChildJvm.start(JVM, Main.class.getName(), List.of(begin(data, "killed")));
    int kills = 0;
    while (kills < KILLS) {
      awaitCheckpointAfter(newest(), process);
      Thread.sleep(random.nextInt(80)); // the moment is to be any moment
      assertTrue(process.isAlive(), "ended after " + kills + " kills: make the training longer");
      process.destroyForcibly().waitFor();
      kills++;
      assertFalse(Files.exists(folder.resolve("killed")), "there is no model yet");
      for (Path file : checkpoints()) {
        ModelFile.load(file);
      }
      CheckpointFolder.newest(kept(), Assertions::fail);
      process =
          ChildJvm.start(JVM, Main.class.getName(), List.of("train", "--resume", "" + kept()));
    }
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));

    assertEquals(0, process.exitValue());
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("killed")));
    assertEquals(lines, lines("killed.jsonl"));
    assertEquals(
        "best.safetensors",
        "" + checkpoints().get(0).getFileName(),
        "and nothing half written: " + checkpoints());
  }

  private String[] begin(Path data, String model) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", "" + data));
    arguments.addAll(List.of("--device", "cpu", "--threads", "1", "--seed", "5"));
    arguments.addAll(
        List.of("--network", "conv 4 3 nobias, batchnorm relu, pool 2, dropout 0.2, dense 4"));
    arguments.addAll(List.of("--epochs", "" + EPOCHS, "--batch", "10"));
    arguments.addAll(List.of("--optimizer", "adamw", "--schedule", "warmup 20, cosine"));
    arguments.addAll(List.of("--label-smoothing", "0.1", "--clip-norm", "3"));
    arguments.addAll(List.of("--augment", "shift 1, rotate 5", "--sync-every", "11"));
    arguments.addAll(List.of("--validation", "0.1", "--test-every", "5"));
    arguments.addAll(List.of("--output", "" + folder.resolve(model)));
    arguments.addAll(List.of("--history", "" + folder.resolve(model + ".jsonl")));
    if (model.equals("killed")) {
      arguments.addAll(List.of("--checkpoint", "" + kept(), "--checkpoint-every", "7"));
    }
    return arguments.toArray(String[]::new);
  }

  private void awaitCheckpointAfter(String before, Process process) throws Exception {
    while (process.isAlive() && newest().compareTo(before) <= 0) {
      Thread.sleep(5);
    }
  }

  private String newest() throws IOException {
    List<Path> files = checkpoints();
    return files.isEmpty() ? "" : "" + files.get(files.size() - 1).getFileName();
  }

  /** In the order of their names: the best model, then the checkpoints by their steps. */
  private List<Path> checkpoints() throws IOException {
    if (!Files.isDirectory(kept())) {
      return List.of();
    }
    try (var files = Files.list(kept())) {
      return files.filter(file -> !("" + file.getFileName()).startsWith(".")).sorted().toList();
    }
  }

  private Path kept() {
    return folder.resolve("checkpoints");
  }

  /** The steps and epochs, without the times. */
  private List<String> lines(String history) throws IOException {
    return Files.readAllLines(folder.resolve(history)).stream()
        .map(line -> line.replaceAll(",\"seconds\".*", ""))
        .toList();
  }

  private static PrintWriter discard() {
    return new PrintWriter(Writer.nullWriter());
  }
}
