package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.engine.select.TestEngines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory that {@code train} states before it begins, and refuses. */
class TrainMemoryTest {
  @TempDir Path folder;

  /** One thread and one group of 12 parameters; the images are 300 of 64 bytes. */
  @Test
  void isStatedBeforeTheTraining() throws IOException {
    CommandRun run = train("dense 4", "--batch", "8", "--epochs", "1", "--optimizer", "adam");

    assertEquals(0, run.status(), run.err());
    List<String> lines = run.err().lines().toList();
    int at = indexOf(lines, "memory: ");
    assertTrue(
        lines
            .get(at)
            .matches(
                "memory: 0\\.0 MB of parameters, gradients and moments, [0-9.]+ MB of activations"
                    + " at batch 8, 0\\.0 MB of images"),
        lines.get(at));
    assertTrue(lines.get(at + 1).startsWith("training on cpu"), run.err());
  }

  /** A batch normalisation needs all activations of a batch, here 2 MB for each image. */
  @Test
  void aBatchThatDoesNotFitIsRefused() throws IOException {
    Path model = folder.resolve("model.safetensors");
    CommandRun run =
        train(
            "conv 2000 3 same nobias, batchnorm, relu, pool 2, dense 4",
            "--batch",
            "60000",
            "--output",
            "" + model);

    assertEquals(1, run.status());
    String last = run.err().lines().reduce((a, b) -> b).orElseThrow();
    Matcher refusal =
        Pattern.compile(
                "aparanet: cpu \\(Java engine\\) needs [0-9,]+ MB at batch 60000: [0-9,]+ MB of"
                    + " parameters, gradients and moments and [0-9,]+ MB of activations, beside"
                    + " images of 1 MB; Java's heap has room for [0-9,]+ MB; the largest batch that fits is"
                    + " ([0-9]+) \\(--batch ([0-9]+)\\); the environment variable"
                    + " APARANET_JAVA_OPTIONS=-Xmx[0-9]+g gives Java enough")
            .matcher(last);
    assertTrue(refusal.matches(), last);
    assertEquals(refusal.group(1), refusal.group(2));
    assertFalse(Files.exists(model));
    assertFalse(run.err().contains("training on"), run.err());
  }

  private CommandRun train(String network, String... options) throws IOException {
    Path data = SmallSet.write(folder.resolve("data"), 200, 100);
    List<String> all =
        new ArrayList<>(
            List.of("train", "--data", "" + data, "--network", network, "--device", "cpu"));
    all.addAll(List.of(options));
    return CommandRun.with(threads -> TestEngines.of(), all.toArray());
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("no line begins with \"" + start + "\": " + lines);
  }
}
