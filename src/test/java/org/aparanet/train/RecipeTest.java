package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each recipe trains and how, against literals and against docs/training.md. */
class RecipeTest {
  private static final LearningRateSchedule ONE_CYCLE = new LearningRateSchedule.OneCycle(0.3);

  @Test
  void mnistFast() {
    assertRecipe(
        Recipe.MNIST_FAST,
        "mnist",
        "conv 8 5 nobias, pool 2, batchnorm relu, conv 16 3 nobias, batchnorm relu, conv 32 3"
            + " nobias, pool 2, batchnorm relu, dense 10",
        // a batch normalisation has four numbers for each channel
        8 * 25 + 4 * 8 + 16 * 8 * 9 + 4 * 16 + 32 * 16 * 9 + 4 * 32 + 10 * (32 * 4 * 4 + 1),
        plan(1, 96, 0.4f, 0.05f, "none", 1));
  }

  @Test
  void mnistTiny() {
    assertRecipe(
        Recipe.MNIST_TINY,
        "mnist",
        "conv 8 3 nobias, batchnorm relu, conv 16 3 nobias, pool 2, batchnorm relu, conv 24 3"
            + " nobias, batchnorm relu, conv 24 3 nobias, pool 2, batchnorm relu, dense 10",
        14_002,
        plan(12, 128, 0.2f, 0, "shift 2, rotate 10, scale 0.1, shear 5", 5)
            .withOptimizer(nesterov(0.0001f)));
  }

  @Test
  void mnistBest() {
    assertRecipe(
        Recipe.MNIST_BEST,
        "mnist",
        "conv 24 3 nobias, batchnorm relu, conv 48 3 nobias, pool 2, batchnorm relu, conv 64 3"
            + " same nobias, batchnorm relu, conv 64 3 nobias, batchnorm relu, conv 96 3 nobias,"
            + " pool 2, batchnorm relu, dropout 0.3, dense 10",
        24 * 9
            + 4 * 24
            + 48 * 24 * 9
            + 4 * 48
            + 64 * 48 * 9
            + 4 * 64
            + 64 * 64 * 9
            + 4 * 64
            + 96 * 64 * 9
            + 4 * 96
            + 10 * (96 * 4 * 4 + 1),
        plan(40, 128, 0.1f, 0.1f, "shift 2, rotate 15, scale 0.15, shear 10", 5)
            .withAverage(new ParameterAverage.Exponential(0.998, 5)));
  }

  @Test
  void fashionBest() {
    assertRecipe(
        Recipe.FASHION_BEST,
        "fashion-mnist",
        "conv 32 3 same nobias, batchnorm relu, conv 48 3 same nobias, pool 2, batchnorm relu, "
            + block(48)
            + "conv 96 3 same nobias, pool 2, batchnorm relu, "
            + block(96)
            + "conv 160 3 nobias, batchnorm relu, globalpool, dropout 0.3, dense 10",
        32 * 9
            + 4 * 32
            + 48 * 32 * 9
            + 4 * 48
            + 2 * (48 * 48 * 9 + 4 * 48)
            + 96 * 48 * 9
            + 4 * 96
            + 2 * (96 * 96 * 9 + 4 * 96)
            + 160 * 96 * 9
            + 4 * 160
            + 10 * (160 + 1),
        plan(40, 128, 0.1f, 0.1f, "shift 2, flip alternate, cutout 8", 5));
  }

  /** A residual block has two convolutions; the first of a stage has a projection beside it. */
  @Test
  void cifarSmall() {
    assertRecipe(
        Recipe.CIFAR_SMALL,
        "cifar10",
        "conv 16 3 same nobias, batchnorm relu, "
            + block(16).repeat(3)
            + projection(32)
            + block(32).repeat(2)
            + projection(64)
            + block(64).repeat(2)
            + "globalpool, dense 10",
        16 * 3 * 9
            + 4 * 16
            + 6 * (16 * 16 * 9 + 4 * 16)
            + 32 * 16 * (9 + 1)
            + 5 * 32 * 32 * 9
            + 7 * 4 * 32
            + 64 * 32 * (9 + 1)
            + 5 * 64 * 64 * 9
            + 7 * 4 * 64
            + 10 * (64 + 1),
        plan(60, 128, 0.1f, 0, "shift 4, flip", 5));
    assertTrue(parsed(Recipe.CIFAR_SMALL).network().parameterCount() < 300_000);
    assertNormalized(Recipe.CIFAR_SMALL);
  }

  private static String block(int channels) {
    return "[conv N 3 same nobias, batchnorm relu, conv N 3 same nobias, batchnorm] relu, "
        .replace("N", "" + channels);
  }

  private static String projection(int channels) {
    return ("[conv N 3 stride 2 pad 1 nobias, batchnorm relu, conv N 3 same nobias, batchnorm | conv"
            + " N 1 stride 2 nobias, batchnorm] relu, ")
        .replace("N", "" + channels);
  }

  @Test
  void cifarBest() {
    assertRecipe(
        Recipe.CIFAR_BEST,
        "cifar10",
        "conv 64 3 same nobias, batchnorm relu, conv 128 3 same nobias, pool 2, batchnorm relu, conv"
            + " 128 3 same nobias, batchnorm relu, conv 128 3 same nobias, batchnorm relu, conv 256 3"
            + " same nobias, pool 2, batchnorm relu, conv 512 3 same nobias, pool 2, batchnorm relu,"
            + " conv 512 3 same nobias, batchnorm relu, conv 512 3 same nobias, batchnorm relu,"
            + " globalpool, dense 10",
        9 * (3 * 64 + 64 * 128 + 2 * 128 * 128 + 128 * 256 + 256 * 512 + 2 * 512 * 512)
            + 4 * (64 + 3 * 128 + 256 + 3 * 512)
            + 10 * (512 + 1),
        plan(40, 128, 0.15f, 0.2f, "shift 4, flip, cutout 8", 5));
    assertNormalized(Recipe.CIFAR_BEST);
  }

  private static void assertNormalized(Recipe recipe) {
    assertEquals(Optional.of(true), recipe.settings().get(Setting.NORMALIZE));
  }

  /** The table of the recipes, cell by cell; a network in words is told by its layers. */
  @ParameterizedTest
  @EnumSource(Recipe.class)
  void theDocumentationTellsTheSame(Recipe recipe) throws IOException {
    String row =
        Files.readAllLines(Path.of("docs", "training.md")).stream()
            .filter(line -> line.startsWith("| `" + recipe.label() + "` |"))
            .findFirst()
            .orElseThrow();
    List<String> cells = Arrays.stream(row.split("\\|")).skip(1).map(String::strip).toList();
    Parsed parsed = parsed(recipe);
    TrainingPlan plan = parsed.plan();
    StringBuilder other = new StringBuilder();
    if (plan.labelSmoothing() > 0) {
      other.append("smoothing ").append(plan.labelSmoothing());
    }
    if (!plan.augmentation().isNone()) {
      other.append(other.isEmpty() ? "" : ", ").append('`').append(plan.augmentation().text());
      other.append('`');
    }
    if (plan.average() != ParameterAverage.NONE) {
      other.append(", `--ema ").append(plan.average().text()).append('`');
    }
    if (recipe.settings().has(Setting.NORMALIZE)) {
      other.append(", `--normalize`");
    }

    assertEquals("`" + parsed.data() + "`", cells.get(1));
    assertEquals("" + plan.epochs(), cells.get(3));
    assertEquals("" + plan.batch(), cells.get(4));
    assertEquals("" + plan.learningRate(), cells.get(5));
    float decay = recipe == Recipe.MNIST_TINY ? 0.0001f : 0.0005f;
    assertEquals(nesterov(decay), plan.optimizer());
    assertEquals("`nesterov` 0.9, decay " + (decay == 0.0001f ? "1e-4" : "5e-4"), cells.get(6));
    assertEquals("`" + plan.schedule().text() + "`", cells.get(7));
    assertEquals(other.toString(), cells.get(8));
  }

  @Test
  void theDocumentationSaysHowOftenIsTested() throws IOException {
    String text = Files.readString(Path.of("docs", "training.md")).replaceAll("\\s+", " ");

    assertTrue(
        text.contains("All but `mnist-fast`, which has one epoch, test after every fifth epoch."));
    for (Recipe recipe : Recipe.values()) {
      TrainingPlan plan = parsed(recipe).plan();
      assertEquals(recipe == Recipe.MNIST_FAST ? 1 : 5, plan.testEvery());
      assertEquals(recipe == Recipe.MNIST_FAST, plan.epochs() == 1);
    }
  }

  /** What a network without a recipe is trained with. */
  @Test
  void theDocumentationTellsTheDefaults() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "training.md"));

    assertTrue(
        lines.contains(
            "| `article` | 8 | 0.07; with [normalised](#normalisation) images 0.01 | 6 |"));
    assertTrue(lines.contains("| `lenet` | 32 | 0.05 | 3 |"));
    assertTrue(lines.contains("| `deep`, `resnet20` | 128 | 0.1 | 3 |"));
    assertTrue(lines.contains("| `resnet18`, `resnet34` | 32 | 0.05 | 3 |"));
    assertTrue(lines.contains("| any other | 64 | 0.05 | 3 |"));
    assertDefaults("article", 8, 0.07f, 6);
    assertDefaults("lenet", 32, 0.05f, 3);
    assertDefaults("deep", 128, 0.1f, 3);
    assertDefaults("resnet20", 128, 0.1f, 3);
    assertDefaults("resnet18", 32, 0.05f, 3);
    assertDefaults("resnet34", 32, 0.05f, 3);
    assertDefaults("dense 10", 64, 0.05f, 3);
  }

  private static void assertDefaults(String network, int batch, float rate, int epochs) {
    Shape input = new Shape(1, 28, 28);
    Network parsed =
        NamedNetwork.named(network)
            .map(named -> named.network(input, 10))
            .orElseGet(() -> NetworkText.parse(input, network));

    assertEquals(TrainingPlan.of(epochs, batch, rate), new Settings().plan(parsed));
  }

  private static void assertRecipe(
      Recipe recipe, String data, String network, int parameters, TrainingPlan plan) {
    Parsed parsed = parsed(recipe);

    assertEquals(data, parsed.data());
    assertEquals(network, parsed.network().text());
    assertEquals(parameters, parsed.network().parameterCount());
    assertEquals(plan, parsed.plan());
  }

  private static TrainingPlan plan(
      int epochs, int batch, float rate, float smoothing, String changes, int testEvery) {
    return new TrainingPlan(
        epochs,
        batch,
        rate,
        1,
        true,
        new SyncInterval(30, SyncInterval.Unit.SECONDS),
        nesterov(0.0005f),
        ONE_CYCLE,
        smoothing,
        1,
        ClassWeights.NONE,
        Augmentation.parse(changes),
        testEvery,
        0,
        0,
        ParameterAverage.NONE,
        TrainingPlan.Softmax.HOST,
        Rounds.NONE);
  }

  private static Optimizer nesterov(float decay) {
    return new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, decay, Float.POSITIVE_INFINITY);
  }

  private static Parsed parsed(Recipe recipe) {
    Shape input = recipe.data().equals("cifar10") ? new Shape(3, 32, 32) : new Shape(1, 28, 28);
    Network network = NetworkText.parse(input, recipe.network());
    Settings settings = new Settings().overPreset(recipe.settings(), false);
    assertEquals(recipe.plan(), settings.plan(network), "by its settings");
    return new Parsed(recipe.data(), network, recipe.plan());
  }

  private record Parsed(String data, Network network, TrainingPlan plan) {}
}
