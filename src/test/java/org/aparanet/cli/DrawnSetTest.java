package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the default for photographs learns of colour pictures of which no linear model learns
 * anything. docs/training.md has the accuracies of more seeds, and of fewer pictures.
 */
@Tag("long")
class DrawnSetTest {
  private static final Pattern LOSS = Pattern.compile("train loss ([0-9.]+)");
  private static final Pattern ACCURACY = Pattern.compile("test accuracy ([0-9.]+) %");

  @TempDir Path folder;

  /** {@code -Daparanet.test.drawn=TEXTURES} takes the other set. */
  @Test
  void theDefaultLearnsWhatNoLinearModelDoes() throws IOException {
    DrawnSet set = DrawnSet.valueOf(System.getProperty("aparanet.test.drawn", "SHAPES"));
    Path data = set.write(folder, 150);

    CommandRun linear =
        train(
            data,
            "--network",
            "dense " + set.classes(),
            "--input",
            "3x48x48",
            "--normalize",
            "--optimizer",
            "momentum",
            "--learning-rate",
            "0.005",
            "--schedule",
            "cosine",
            "--epochs",
            "100");
    CommandRun photos = train(data);

    List<Double> losses = LOSS.matcher(linear.err()).results().map(DrawnSetTest::number).toList();
    double last = losses.get(losses.size() - 1);
    assertTrue(last < 0.1, "it has not learned the images that it was shown: " + losses);
    assertEquals(losses.get(losses.size() - 5), last, 0.01, "it would have gone on: " + losses);
    assertTrue(accuracy(linear) < 60, linear.out());
    assertTrue(photos.err().contains("no network is named; using --preset photos"), photos.err());
    assertTrue(accuracy(photos) >= 95, photos.out());
  }

  private static CommandRun train(Path data, String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("train", "--data", data, "--device", "cpu", "--seed", 1));
    arguments.addAll(List.of(more));
    CommandRun run = CommandRun.of(arguments.toArray());
    assertEquals(0, run.status(), run.err());
    return run;
  }

  private static double accuracy(CommandRun run) {
    return ACCURACY
        .matcher(run.out())
        .results()
        .map(DrawnSetTest::number)
        .findFirst()
        .orElseThrow();
  }

  private static double number(MatchResult found) {
    return Double.parseDouble(found.group(1));
  }
}
