package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.DataSets;
import org.aparanet.data.PixelStatistics;
import org.aparanet.model.ModelFile;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;
import org.aparanet.train.OptimizerNames;
import org.aparanet.train.Recipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Optimizers, schedules, validation, checkpoints and recipes on the command line. */
class TrainOptionsTest {
  @TempDir static Path shared;
  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() throws IOException {
    data = SmallSet.write(shared.resolve("quarters"), 200, 40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--softmax gpu | option --softmax: \"gpu\" is not allowed; it takes host or device",
        "--class-weights equal | option --class-weights: \"equal\" is not allowed; it takes none or"
            + " balanced",
        "--class-weights balanced --softmax device | option --softmax: device computes a loss"
            + " without class-weights; leave it out, so that the host weighs the classes",
        "--freeze -1 | option --freeze: \"-1\" is not allowed; it takes a whole number from 0 to 9999",
        "--optimizer rmsprop | option --optimizer: \"rmsprop\" is not allowed; it takes sgd,"
            + " momentum, nesterov, adam or adamw",
        "--momentum 0.9 | option --momentum: sgd has none; those that have one are momentum,"
            + " nesterov, adam, adamw",
        "--optimizer nesterov --beta2 0.9 | option --beta2: nesterov has none; those that have one"
            + " are adam, adamw",
        "--head-rate 0 | option --head-rate: \"0\" is not allowed; it takes a number above 0, such"
            + " as 0.05",
        "--optimizer momentum --momentum 1 | option --momentum: \"1\" is not allowed; it takes a"
            + " number from 0 to below 1, such as 0.1",
        "--weight-decay -1 | option --weight-decay: \"-1\" is not allowed; it takes a number from 0"
            + " on, such as 0.0005",
        "--clip-norm 0 | option --clip-norm: \"0\" is not allowed; it takes a number above 0, such"
            + " as 0.05",
        "--label-smoothing 1 | option --label-smoothing: \"1\" is not allowed; it takes a number"
            + " from 0 to below 1, such as 0.1",
        "--logit-scale 0 | option --logit-scale: \"0\" is not allowed; it takes a number from 0.0001 to"
            + " 10000, such as 0.25",
        "--logit-scale 0.5 --clip-norm 1 | option --clip-norm: the norm would be of other gradients"
            + " than those of the scaled logits; leave clip-norm or logit-scale out",
        "--schedule linear | option --schedule: \"linear\" is not allowed; it takes constant, step"
            + " EPOCHS FACTOR, cosine or one-cycle [SHARE], each also behind \"warmup STEPS,\" or"
            + " \"warmup Nepochs,\"",
        "--ema 1 | option --ema: \"1\" is not allowed; it takes none or a decay from 0 to below 1, such"
            + " as 0.99, also with steps behind it, such as \"0.99 every 10\"",
        "--swa 0 | option --swa: \"0\" is not allowed; it takes none or the last part of the run, such"
            + " as 0.25 or 5epochs, also with steps behind it, such as \"0.25 every 10\"",
        "--ema 0.99 --swa 0.5 | option --swa: 0.5 and ema 0.99; a run has one average, so leave one of"
            + " them out",
        "--validation 1 | option --validation: \"1\" is not allowed; it takes a number above 0 and"
            + " below 1, such as 0.1",
        "--mean 0.5 | option --mean needs --std, the standard deviations of the channels",
        "--std 0.5 | option --std needs --mean, the means of the channels",
        "--mean 0.5 --std 0 | option --std: standard deviation 0.0 of channel 0; it must be finite and above 0",
        "--mean 0.5,0.5 --std 1 | option --std: 2 means and 1 standard deviations; each channel"
            + " needs one of each",
        "--mean half --std 1 | option --mean: \"half\" is not allowed; it takes a finite number for each"
            + " channel, with commas between them, such as 0.485,0.456,0.406",
        "--normalize --mean 0.5 --std 1 | option --normalize: takes mean and std from the images, so"
            + " that none can be given",
        "--patience 3 | option --patience needs --validation, the part of the training images to"
            + " hold out, such as 0.1",
        "--preset mnist | option --preset: \"mnist\" is not allowed; it takes mnist-fast,"
            + " mnist-tiny, mnist-best, fashion-best, cifar-small, cifar-best or photos; did you mean mnist-fast, mnist-tiny or mnist-best?",
        "--checkpoint-every 5 | option --checkpoint-every needs --checkpoint, the folder to write"
            + " to",
        "--checkpoint-keep 5 | option --checkpoint-keep needs --checkpoint, the folder to write to",
        "--resume x --epochs 3 | option --epochs cannot stand beside --resume, for the training goes"
            + " on as it began; allowed are --checkpoint-every, --checkpoint-keep, --device,"
            + " --history, --html, --output, --resume, --softmax, --sync-every, --threads, --verbose, --watch",
      })
  void wrongUsageEndsInOneSentenceAndStatus2(String arguments, String sentence) {
    CommandRun run = run(("train " + arguments).split(" "));

    assertEquals("aparanet: " + sentence + " (see aparanet train --help)", run.err().strip());
    assertEquals(2, run.status());
  }

  /** What the history's first line says of the options that were not given. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--optimizer sgd | \"learning_rate\":0.05,",
        "--optimizer momentum | \"learning_rate\":0.005,",
        "--optimizer momentum | \"optimizer\":\"momentum\",\"momentum\":0.9}",
        "--optimizer nesterov --momentum 0.8 | \"learning_rate\":0.01,",
        "--optimizer adam | \"learning_rate\":0.001,",
        "--optimizer adam | \"momentum\":0.9,\"beta2\":0.999}",
        "--optimizer adamw | \"beta2\":0.999,\"weight_decay\":0.01}",
        "--schedule cosine --clip-norm 2 --label-smoothing 0.1 | \"clip_norm\":2.0,\"schedule\":"
            + "\"cosine\",\"label_smoothing\":0.1}",
        "--mean 0.25 --std 0.5 | \"mean\":\"0.25\",\"std\":\"0.5\"}",
        "--logit-scale 0.125 | \"logit_scale\":0.125}",
        "--normalize | \"mean\":\"0.",
        "--class-weights Balanced | \"class_weights\":\"balanced\"}",
        "--augment flip,shift§1 | \"augment\":\"shift 1, flip\"}",
        "--ema 0.990§every§10 | \"ema\":\"0.99 every 10\"}",
        "--swa 1epochs | \"swa\":\"1epoch\"}",
        "--ema none --swa none | \"shuffle\":true}",
        "--validation 0.2 --patience 2 --test-every 3 | \"validation\":0.2,\"patience\":2,"
            + "\"test_every\":3}",
      })
  void everyOptimizerHasDefaults(String arguments, String part) throws IOException {
    Path history = folder.resolve("history");

    CommandRun run = train(arguments + " --history " + history);

    assertEquals(0, run.status(), run.err());
    String first = Files.readAllLines(history).get(0);
    assertTrue(first.contains(part), first);
  }

  @Test
  void atLeastTheLastLayerLearns() {
    CommandRun run = train("--freeze 3");

    assertEquals(2, run.status());
    assertTrue(
        run.err()
            .contains(
                "aparanet: option --freeze: 3 layers of 1; it takes 0 alone, so that at least the"
                    + " last one learns"),
        run.err());
  }

  @Test
  void aNormalizationHasTheImagesChannels() {
    CommandRun run = train("--mean 0,0,0 --std 1,1,1");

    assertEquals(1, run.status());
    assertTrue(
        run.err()
            .contains(
                "aparanet: option --mean: 0.0,0.0,0.0 is for 3 channels, but the images of quarters"
                    + " train have 1"),
        run.err());
  }

  /** That shows once the network is known; nothing has been written then. */
  @Test
  void aHeadRateNeedsLayersBeforeTheLast() {
    Path model = folder.resolve("model");

    CommandRun run = train("--head-rate 0.1 --output " + model);

    assertEquals(2, run.status());
    assertEquals(
        "aparanet: option --head-rate: the last layer, dense 4, is the only one that learns;"
            + " learning-rate is its rate (see aparanet train --help)",
        run.err().lines().reduce((a, b) -> b).orElseThrow());
    assertFalse(Files.exists(model));
  }

  @Test
  void aHeadRateIsInTheHistoryAndInTheCheckpoint() throws IOException {
    Path history = folder.resolve("history");
    Path kept = folder.resolve("kept");
    Path model = folder.resolve("model");
    Path again = folder.resolve("again");
    String[] arguments = {
      "train",
      "--data",
      "" + data,
      "--device",
      "cpu",
      "--network",
      "dense 5 relu, dense 4",
      "--epochs",
      "2",
      "--learning-rate",
      "0.01",
      "--head-rate",
      "0.1",
      "--schedule",
      "cosine",
      "--history",
      "" + history,
      "--checkpoint",
      "" + kept,
      "--output",
      "" + model
    };

    CommandRun run = run(arguments);
    CommandRun resumed = run("train", "--resume", "" + kept, "--output", "" + again);

    assertEquals(0, run.status(), run.err());
    List<String> lines = Files.readAllLines(history);
    assertTrue(lines.get(0).contains("\"head_rate\":0.1"), lines.get(0));
    assertTrue(lines.get(1).contains("\"learning_rate\":0.01"), lines.get(1));
    assertEquals(0, resumed.status(), resumed.err());
    assertTrue(resumed.err().contains(" --head-rate=0.1 "), resumed.err());
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(again));
  }

  /** A model carries its normalisation to tests, predictions and further training. */
  @Test
  void aNormalizationBelongsToTheModel() {
    Path model = folder.resolve("model");
    Path further = folder.resolve("further");

    CommandRun trained = train("--normalize --epochs 2 --output " + model);
    CommandRun evaluated =
        run("evaluate", "" + model, "--data", "" + data, "--device", "cpu", "--threads", "1");
    CommandRun again = train("--epochs 1 --weights " + model + " --output " + further);
    CommandRun replaced =
        train("--epochs 1 --mean 0 --std 1 --weights " + model + " --output " + model);

    assertEquals(0, trained.status(), trained.err());
    assertEquals(trained.out().split(",")[0], evaluated.out().split(",")[0]);
    assertEquals(0, again.status(), again.err());
    assertEquals(0, replaced.status(), replaced.err());
    assertEquals(
        PixelStatistics.of(DataSets.open("" + data, Path.of("data")).train()),
        ModelFile.load(further).network().normalization().orElseThrow());
    assertEquals(
        new PixelNormalization(List.of(0f), List.of(1f)),
        ModelFile.load(model).network().normalization().orElseThrow());
  }

  @Test
  void theBestEpochOnTheValidationImagesIsTheResult() throws IOException {
    Path model = folder.resolve("model");
    // a rate that makes the accuracy jump about
    CommandRun run =
        train("--epochs 6 --learning-rate 1 --validation 0.3 --test-every 6 --output " + model);

    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("quarters validation: 60; quarters test: 40"), run.err());
    String line =
        run.err()
            .lines()
            .filter(l -> l.startsWith("the result is epoch "))
            .findFirst()
            .orElseThrow();
    String best = line.split(" ")[4].replace(",", "");
    String score = line.replaceFirst(".*accuracy ", "");
    assertTrue(
        run.err().lines().anyMatch(l -> l.startsWith("epoch " + best + "/6") && l.contains(score)),
        run.err());
    assertEquals(
        1,
        run.err().lines().filter(l -> l.contains("test accuracy")).count(),
        "only the last epoch");
    CommandRun evaluation =
        run("evaluate", "" + model, "--data", "" + data, "--device", "cpu", "--threads", "1");
    assertEquals(
        run.out().strip().split(",")[0],
        evaluation.out().strip().split(",")[0],
        "the result is that of the model");
  }

  @ParameterizedTest
  @EnumSource(Recipe.class)
  void recipesAreOptionsThatOthersCountMoreThan(Recipe recipe) throws IOException {
    Path history = folder.resolve("history");

    // on the small set, which has neither the size nor the classes of the recipe's
    CommandRun run =
        train(
            "--preset "
                + recipe.label()
                + " --history "
                + history
                + " --limit 20 --seed 7 --epochs 1");

    assertEquals(0, run.status(), run.err());
    String first = Files.readAllLines(history).get(0);
    assertTrue(first.contains("\"seed\":7,"), first);
    assertTrue(first.contains("\"epochs\":1,"), first);
    assertTrue(first.contains("\"schedule\":\"" + recipe.plan().schedule().text() + "\""), first);
    assertTrue(
        first.contains(
            "\"optimizer\":\"" + OptimizerNames.of(recipe.plan().optimizer().rule()) + "\""),
        first);
    NetworkText.parse(
        recipe.data().equals("cifar10") ? new Shape(3, 32, 32) : new Shape(1, 28, 28),
        recipe.network());
  }

  @Test
  void anotherOptimizerThanTheRecipesBringsItsOwnRate() throws IOException {
    Path history = folder.resolve("history");

    CommandRun run = train("--preset mnist-fast --optimizer sgd --limit 20 --history " + history);

    assertEquals(0, run.status(), run.err());
    String first = Files.readAllLines(history).get(0);
    assertTrue(first.contains("\"learning_rate\":0.05,"), first);
    assertFalse(first.contains("momentum") || first.contains("weight_decay"), first);
  }

  @Test
  void anAugmentationThatCannotBeReadIsNamed() {
    CommandRun run = train("--augment turn");

    assertEquals(2, run.status());
    assertTrue(run.err().startsWith("aparanet: option --augment: word \"turn\""), run.err());
  }

  @Test
  void impatienceEndsATraining() {
    CommandRun run = train("--epochs 50 --learning-rate 1e-20 --validation 0.3 --patience 2");

    assertEquals(0, run.status(), run.err());
    assertEquals(3, run.err().lines().filter(l -> l.startsWith("epoch ")).count(), run.err());
  }

  @Test
  void aFinishedTrainingGivesItsModelAgainAndACheckpointIsAModel() throws IOException {
    Path kept = folder.resolve("kept");
    Path model = folder.resolve("model");
    Path again = folder.resolve("again");
    Path page = folder.resolve("page.html");
    Path history = folder.resolve("history");
    assertEquals(
        0,
        train(
                "--preset mnist-fast --checkpoint "
                    + kept
                    + " --output "
                    + model
                    + " --history "
                    + history)
            .status());

    CommandRun second = train("--checkpoint " + kept);
    CommandRun resumed =
        run("train", "--resume", "" + kept, "--output", "" + again, "--html", "" + page);
    Path newest = kept.resolve("step-0000000020.safetensors");
    CommandRun evaluation = run("evaluate", "" + newest, "--data", "" + data, "--device", "cpu");

    assertEquals(
        "aparanet: option --checkpoint: folder "
            + kept
            + " holds checkpoints of a training; go on with it with --resume "
            + kept
            + ", or name another folder",
        second.err().strip());
    assertEquals(1, second.status());
    assertEquals(0, resumed.status(), resumed.err());
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(again));
    assertTrue(Files.readString(page).contains(" over the steps"), "the history's curves");
    assertEquals(0, evaluation.status(), evaluation.err());
    assertEquals(resumed.out().split(",")[0], evaluation.out().split(",")[0]);
  }

  @Test
  void aTrainingDoesNotGoOnWithOtherImages() throws IOException {
    Path moving = SmallSet.write(folder.resolve("moving"), 100, 20);
    Path kept = folder.resolve("kept");
    assertEquals(
        0,
        run(
                "train",
                "--device",
                "cpu",
                "--network",
                "dense 4",
                "--data",
                "" + moving,
                "--checkpoint",
                "" + kept)
            .status());
    SmallSet.write(moving, 104, 20);

    CommandRun run = run("train", "--resume", "" + kept);

    assertEquals(1, run.status());
    String last = run.err().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(
        last.startsWith("aparanet: the checkpoints are of a training with other images ("), last);
  }

  @Test
  void foldersWithoutCheckpointsAreRefused() throws IOException {
    Path missing = folder.resolve("missing");
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertEquals(
        "aparanet: " + missing + ": there is no such folder of checkpoints",
        run("train", "--resume", "" + missing).err().strip());
    assertEquals(
        "aparanet: " + empty + ": holds no checkpoint; one is called step-N.safetensors",
        run("train", "--resume", "" + empty).err().strip());
  }

  private static CommandRun train(String more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data", "" + data, "--device", "cpu"));
    arguments.addAll(List.of("--threads", "1", "--network", "dense 4", "--batch", "10"));
    if (!more.contains("--epochs")) {
      arguments.addAll(List.of("--epochs", "1"));
    }
    for (String word : more.split(" ")) {
      arguments.add(word.replace('§', ' '));
    }
    return run(arguments.toArray(String[]::new));
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of((Object[]) arguments);
  }
}
