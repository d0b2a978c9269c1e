package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.HeadRateFile;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A learning rate of the last layer, from the setting to the parameters. */
class HeadRateTest {
  private static final Network TWO_LAYERS =
      NetworkText.parse(new Shape(1, 4, 4), "dense 3 relu, dense 4");

  static List<String> runs() {
    return HeadRateFile.NAMES;
  }

  /** With the schedule, which here is aparanet's own, over both rates. */
  @ParameterizedTest
  @MethodSource("runs")
  void aTrainingMovesTheParametersAsPyTorchsGroupsDo(String name) {
    HeadRateFile run = new HeadRateFile(name);
    Network network = run.network();
    ImageSet images = ReferenceFile.images().first(run.batch() * run.losses().length);
    TrainingPlan plan =
        new Settings()
            .set(Setting.EPOCHS, 1)
            .set(Setting.BATCH, run.batch())
            .set(Setting.NO_SHUFFLE, true)
            .set(Setting.LEARNING_RATE, run.learningRate())
            .set(Setting.HEAD_RATE, run.headRate())
            .set(Setting.SCHEDULE, LearningRateSchedule.parse(run.schedule()))
            .plan(network);
    Optimizer optimizer = run.optimizer();
    assertEquals(optimizer.headFactor(), plan.optimizer().headFactor());
    try (Session session = new CpuEngine(1).open(network, run.batch())) {
      TrainingResult result =
          Trainers.of(
                  session,
                  images,
                  images.first(1),
                  plan.withOptimizer(optimizer),
                  new TrainingListener() {})
              .run(HeadRateFile.floats(run.initial()));

      run.assertFinal(HeadRateFile.doubles(result.parameters()), 1e-4);
    }
  }

  @Test
  void aHeadRateIsKeptExactlyAndTold() {
    Settings settings =
        Settings.parse(List.of("--epochs=2", "--learning-rate=0.03", "--head-rate=0.7"));

    TrainingPlan plan = settings.plan(TWO_LAYERS);
    TrainingSummary summary = new TrainingSummary(TWO_LAYERS, plan, 0);

    assertEquals(0.03f, plan.learningRate());
    assertEquals(0.7f, plan.headRate());
    assertEquals(0.7f, summary.description().get("head_rate"));
    assertTrue(summary.line().contains("learning rate 0.03, "), summary.line());
    assertTrue(summary.line().endsWith(", head rate 0.7"), summary.line());
    assertEquals(0.7f, Settings.of(plan).get(Setting.HEAD_RATE).orElseThrow());
    assertEquals(plan, Settings.of(plan).plan(TWO_LAYERS));
  }

  /** So nothing differs: not the optimizer, and with it no parameter, and not what is written. */
  @Test
  void theRateOfTheOthersIsNoRateOfItsOwn() {
    Settings one = Settings.parse(List.of("--learning-rate=0.03"));

    TrainingPlan plan = Settings.parse(List.of("--head-rate=0.03")).over(one).plan(TWO_LAYERS);

    assertEquals(one.plan(TWO_LAYERS), plan);
    assertFalse(plan.optimizer().hasHeadRate());
    assertFalse(new TrainingSummary(TWO_LAYERS, plan, 0).description().containsKey("head_rate"));
    assertFalse(Settings.of(plan).has(Setting.HEAD_RATE));
  }

  @Test
  void aPresetsRateIsThatOfTheOtherLayers() {
    Settings given = Settings.parse(List.of("--head-rate=0.9"));

    TrainingPlan plan = given.overPreset(Recipe.MNIST_FAST.settings(), true).plan(TWO_LAYERS);

    assertEquals(Recipe.MNIST_FAST.plan().learningRate(), plan.learningRate());
    assertEquals(0.9f, plan.headRate());
    assertEquals(
        Recipe.MNIST_FAST.plan().optimizer().withHeadFactor(0.9f / (double) 0.4f),
        plan.optimizer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "-0.1", "NaN", "Infinity"})
  void otherNumbersAreRefused(String rate) {
    Settings settings = new Settings().set(Setting.HEAD_RATE, Float.valueOf(rate));

    assertEquals(
        "head rate " + rate + "; it must be finite and above 0",
        assertThrows(IllegalArgumentException.class, () -> settings.plan(TWO_LAYERS)).getMessage());
  }

  @Test
  void aNetworkWithoutOtherLayersThatLearnHasNoSecondRate() {
    Network one = NetworkText.parse(new Shape(1, 4, 4), "pool 2, relu, dense 4");
    Settings settings = Settings.parse(List.of("--head-rate=0.1"));

    assertEquals(
        "head-rate: the last layer, dense 4, is the only one that learns; learning-rate is its rate",
        assertThrows(SettingException.class, () -> settings.plan(one)).getMessage());
  }

  @Test
  void frozenLayersHaveNoRate() {
    Network network = NetworkText.parse(new Shape(1, 4, 4), "conv 2 3, relu, dense 3, dense 4");
    assertEquals(0.2f, plan(network, "--head-rate=0.2", "--freeze=2").headRate());
    assertEquals(
        "head-rate: the last layer, dense 4, is the only one that learns; learning-rate is its rate",
        assertThrows(SettingException.class, () -> plan(network, "--head-rate=0.2", "--freeze=3"))
            .getMessage());
  }

  private static TrainingPlan plan(Network network, String... options) {
    return Settings.parse(List.of(options)).plan(network);
  }
}
