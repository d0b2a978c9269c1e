package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.cli.option.Seeds;
import org.aparanet.cli.show.SeedsLine;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.evaluate.Accuracy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings with several seeds. */
class SeedsTest {
  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() throws IOException {
    data = SmallSet.write(shared.resolve("quarters"), 200, 40);
  }

  private static CommandRun train(String arguments) {
    List<String> all = new ArrayList<>(List.of("train", "--data", "" + data, "--device", "cpu"));
    all.addAll(List.of("--network", "dense 4", "--threads", "1", "--epochs", "2"));
    all.addAll(List.of(arguments.split(" ")));
    return run(all.toArray(String[]::new));
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }

  private static String accuracy(String line) {
    return line.substring(line.indexOf("test accuracy "), line.indexOf(','));
  }

  /** Accuracy in percent as a line says it. */
  private static double percent(String line) {
    return Double.parseDouble(accuracy(line).split(" ")[2]);
  }

  @Test
  void eachSeedGivesWhatItGivesAloneAndThenMedianAndSpread() {
    CommandRun several = train("--seeds 3,1,8");

    assertEquals(0, several.status(), several.err());
    List<String> lines = several.out().lines().toList();
    assertEquals(4, lines.size(), several.out());
    List<Double> percents = new ArrayList<>();
    List<String> seeds = List.of("3", "1", "8");
    for (int i = 0; i < 3; i++) {
      CommandRun alone = train("--seed " + seeds.get(i));
      assertTrue(lines.get(i).startsWith("seed " + seeds.get(i) + ": test accuracy "));
      assertEquals(accuracy(alone.out()), accuracy(lines.get(i)));
      percents.add(percent(alone.out()));
    }
    double[] sorted = percents.stream().mapToDouble(x -> x).sorted().toArray();
    String expected =
        String.format(
            Locale.ROOT,
            "3 seeds: test accuracy median %.2f %% (%.2f to %.2f), training time median ",
            sorted[1],
            sorted[0],
            sorted[2]);
    assertTrue(lines.get(3).startsWith(expected), several.out());
  }

  @Test
  void medianAndSpreadAreThoseOfTheResults() {
    assertEquals(
        "4 seeds: test accuracy median 85.00 % (70.00 to 95.00), training time median 3.0 s (1.0 to"
            + " 9.0)",
        SeedsLine.of(List.of(result(19, 4), result(14, 9), result(16, 1), result(18, 2))));
    assertEquals(
        "3 seeds: test accuracy median 80.00 % (70.00 to 95.00), training time median 4.0 s (1.0 to"
            + " 9.0)",
        SeedsLine.of(List.of(result(19, 4), result(14, 9), result(16, 1))));
    assertEquals(
        "1 seed: test accuracy median 95.00 % (95.00 to 95.00), training time median 4.0 s (4.0 to"
            + " 4.0)",
        SeedsLine.of(List.of(result(19, 4))));
  }

  private static TrainingResult result(int correct, double seconds) {
    Accuracy test = new Accuracy(correct, 20);
    return new TrainingResult(
        new float[0], Optional.empty(), test, List.of(test), seconds, 1, List.of());
  }

  @Test
  void eachSeedHasAHistoryOfItsOwn() throws IOException {
    Path history = folder.resolve("run.jsonl");

    CommandRun several = train("--seeds 1..2 --history " + history);

    assertEquals(0, several.status(), several.err());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("run-seed1.jsonl", "run-seed2.jsonl"),
          files.map(file -> "" + file.getFileName()).sorted().toList());
    }
    for (int seed = 1; seed <= 2; seed++) {
      List<String> lines = Files.readAllLines(folder.resolve("run-seed" + seed + ".jsonl"));
      assertTrue(lines.get(0).contains("\"seed\":" + seed + ","), lines.get(0));
      assertTrue(lines.get(lines.size() - 1).contains("\"epoch\":2"), "" + lines);
    }
  }

  @Test
  void theModelIsThatOfTheSeedThatIsBestOnTheValidationImages() throws IOException {
    Path model = folder.resolve("model");
    Path alone = folder.resolve("alone");

    CommandRun several = train("--seeds 1..4 --validation 0.3 --output " + model);

    assertEquals(0, several.status(), several.err());
    String last =
        several.err().lines().filter(line -> line.startsWith("wrote ")).reduce((a, b) -> b).get();
    int best = Integer.parseInt(last.replaceFirst(".*: seed ([0-9]+) is the best.*", "$1"));
    List<Double> scores = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      CommandRun one = train("--seed " + seed + " --validation 0.3 --output " + alone);
      String result =
          one.err().lines().filter(line -> line.startsWith("the result is ")).findFirst().get();
      scores.add(Double.parseDouble(result.replaceFirst(".*accuracy ([0-9.]+) %.*", "$1")));
      if (seed == best) {
        assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(model));
      }
    }
    assertEquals(scores.stream().mapToDouble(x -> x).max().getAsDouble(), scores.get(best - 1));
  }

  @Test
  void aModelNeedsValidationImages() {
    CommandRun run = train("--seeds 1..2 --output " + folder.resolve("model"));

    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .contains(
                "aparanet: options --output and --seeds: which of the models is the best one,"
                    + " validation images tell; give --validation, such as 0.1, or leave --output"
                    + " out"),
        run.err());
    assertFalse(Files.exists(folder.resolve("model")));
  }

  /** The others are trained all the same. */
  @Test
  void aTrainingThatFailsIsNamedAndTheStatusIs1() {
    CommandRun run = train("--seeds 5,2 --learning-rate 1e38");

    assertEquals(1, run.status());
    assertEquals("", run.out());
    for (int seed : new int[] {5, 2}) {
      assertTrue(
          run.err().lines().anyMatch(line -> line.startsWith("seed " + seed + ": the ")),
          run.err());
    }
    assertTrue(
        run.err().contains("aparanet: the trainings with seeds 5, 2 failed, as was said above"),
        run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--seed 2, --seed",
    "--checkpoint kept, --checkpoint",
    "--html page, --html",
    "--watch 0, --watch"
  })
  void whatIsForOneTrainingIsRefused(String arguments, String option) {
    CommandRun run = train("--seeds 1..2 " + arguments);

    assertEquals(2, run.status());
    assertEquals(
        "aparanet: options "
            + option
            + " and --seeds: "
            + option
            + " is for one training; leave one of them out (see aparanet train --help)",
        run.err().strip());
  }

  @Test
  void seedsAreReadInTheirOrder() {
    assertEquals(List.of(1L, 2L, 3L), Seeds.parse("1..3").all());
    assertEquals(List.of(7L, -1L, 0L, 1L, 5L), Seeds.parse("7, -1..1,5").all());
    assertEquals(1000, Seeds.parse("1..1000").all().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "1..", "3..1", "1,1", "1..3,2", "1..1001", "1..600,700..1200", "1;2"})
  void otherTextsAreNoSeeds(String text) {
    assertThrows(IllegalArgumentException.class, () -> Seeds.parse(text));
    CommandRun run = run("train", "--seeds=" + text);
    assertEquals(2, run.status());
    assertEquals(
        "aparanet: option --seeds: \""
            + text
            + "\" is not allowed; it takes seeds, each once, such as 1..5 or 1,3,7, at most 1000"
            + " (see aparanet train --help)",
        run.err().strip());
  }
}
