package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plans settings make, alone and beside a recipe, and how they are read. */
class SettingsTest {
  private static final Network DENSE = NetworkText.parse(new Shape(1, 2, 2), "dense 3");

  @ParameterizedTest
  @CsvSource({"ARTICLE, 6, 8, 0.07", "LENET, 3, 32, 0.05", "DEEP, 3, 128, 0.1"})
  void aNamedNetworkHasItsOwnDefaults(NamedNetwork named, int epochs, int batch, float rate) {
    Network network = named.network(new Shape(1, 28, 28), 10);

    assertEquals(TrainingPlan.of(epochs, batch, rate), new Settings().plan(network));
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 0.05, 0, 0, 0",
    "momentum, 0.005, 0.9, 0, 0",
    "nesterov, 0.005, 0.9, 0, 0",
    "adam, 0.001, 0.9, 0.999, 0",
    "adamw, 0.001, 0.9, 0.999, 0.01"
  })
  void anOptimizerHasItsOwnRateAndFactors(
      String rule, float rate, float momentum, float beta2, float decay) {
    TrainingPlan plan = Settings.parse(List.of("--optimizer=" + rule)).plan(DENSE);

    assertEquals(rate, plan.learningRate());
    assertEquals(
        new Optimizer(
            OptimizerNames.named(rule).orElseThrow(),
            momentum,
            beta2,
            decay,
            Float.POSITIVE_INFINITY),
        plan.optimizer());
  }

  @Test
  void settingsTakeThePlaceOfARecipes() {
    Settings given = new Settings().set(Setting.EPOCHS, 2).set(Setting.LEARNING_RATE, 0.2f);

    Settings all = given.overPreset(Recipe.MNIST_FAST.settings(), false);

    TrainingPlan plan = Recipe.MNIST_FAST.plan();
    assertEquals(
        TrainingPlan.of(2, plan.batch(), 0.2f)
            .withOptimizer(plan.optimizer())
            .withSchedule(plan.schedule())
            .withLabelSmoothing(plan.labelSmoothing()),
        all.plan(DENSE));
    assertEquals("mnist", all.get(Setting.DATA).orElseThrow());
    assertEquals(Recipe.MNIST_FAST.network(), all.get(Setting.NETWORK).orElseThrow());
    assertEquals(false, given.overPreset(Recipe.MNIST_FAST.settings(), true).has(Setting.NETWORK));
  }

  @Test
  void aRecipesRateGoesWithItsOptimizerAlone() {
    Settings same = new Settings().set(Setting.OPTIMIZER, Optimizer.Rule.NESTEROV);
    Settings other = new Settings().set(Setting.OPTIMIZER, Optimizer.Rule.ADAM);

    assertEquals(
        Recipe.MNIST_FAST.plan(), same.overPreset(Recipe.MNIST_FAST.settings(), false).plan(DENSE));
    TrainingPlan plan = other.overPreset(Recipe.MNIST_FAST.settings(), false).plan(DENSE);
    assertEquals(0.001f, plan.learningRate());
    assertEquals(0, plan.optimizer().weightDecay());
    assertEquals(96, plan.batch());
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedInOneSentence() {
    refused(
        "--softmax=device",
        "softmax: device computes a loss without class-weights; leave it out, so that the host",
        "--class-weights=balanced");
    refused("--momentum=0.5", "momentum: sgd has none; those that have one are momentum, nesterov");
    refused("--beta2=0.5", "beta2: sgd has none; those that have one are adam, adamw");
    refused("--augment=turn", "augment: word \"turn\"");
  }

  /** A folder may have images to validate with; that shows when it is read. */
  @Test
  void aPatienceNeedsValidationUnlessTheDataIsAFolder() {
    Settings settings = Settings.parse(List.of("--patience=2"));
    String sentence =
        "patience needs validation, the part of the training images to hold out, such as 0.1";

    for (String data : List.of("mnist", "MNIST")) {
      settings.set(Setting.DATA, data);
      assertEquals(
          sentence, assertThrows(SettingException.class, settings::check).getMessage(), data);
    }
    settings.set(Setting.DATA, "photos");
    settings.check();
    assertEquals(2, settings.plan(DENSE).patience());
    SettingException thrown = assertThrows(SettingException.class, settings::checkPatience);
    assertEquals(sentence, thrown.getMessage());
    assertEquals("--" + sentence.replace("needs ", "needs --"), thrown.sentence("--"));
    settings.set(Setting.VALIDATION, 0.1f).checkPatience();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "--device=cpu,opencl:0,cpu | 1:1:1 | 1",
        "--device=cpu,cpu --round=10 --deterministic=true | 1:1 | 10",
        "--device=cpu,cpu --share=3:1 | 3:1 | 1",
        "--device=cpu --share=3:1:2 --round=5 | 3:1:2 | 5",
        "--device=cpu | 1 | 1",
        "--device=all --round=5 | 1 | 1",
      })
  void severalDevicesHaveShares(String arguments, String shares, int steps) {
    TrainingPlan plan = Settings.parse(List.of(arguments.split(" "))).plan(DENSE);

    assertEquals(new Rounds(Shares.parse(shares), steps), plan.rounds());
    assertEquals(plan.withRounds(Rounds.NONE), new Settings().plan(DENSE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--round=2 | round needs device, several of them, such as opencl:0,cpu",
        "--deterministic=true --device=gpu | deterministic needs device, several of them, such as"
            + " opencl:0,cpu",
        "--share=7 --device=cpu,cpu | share: 7 is one part alone; it takes several, such as 3:1",
        "--share=3:1 --deterministic=true --device=cpu,cpu | deterministic: means equal shares, and"
            + " share gives others; leave out one of the two",
      })
  void settingsOfDevicesThatDoNotGoTogetherAreRefused(String arguments, String sentence) {
    Settings settings = Settings.parse(List.of(arguments.split(" ")));
    assertEquals(sentence, assertThrows(SettingException.class, settings::check).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--round=0 --device=cpu,cpu | round: rounds of 0 steps; allowed are 1 to 1000000",
        "--batch=1 --device=cpu,cpu | batch: 1 is less than an image for each of 2 devices",
        "--batch=4 --share=1:9 --device=cpu,cpu | share: 1:9 leaves nothing of a batch of 4 images"
            + " for part 1; take a larger batch, or more even parts",
        "--batch=2 --share=1:1:1 --sharded=true | batch: 2 is less than an image for each of 3 shares",
      })
  void roundsThatCannotBeAreRefused(String arguments, String sentence) {
    Settings settings = Settings.parse(List.of(arguments.split(" ")));
    assertEquals(
        sentence, assertThrows(SettingException.class, () -> settings.plan(DENSE)).getMessage());
  }

  /** A training goes on with the shares that it began with, on other devices if need be. */
  @Test
  void devicesSuitTheSharesUnlessTheTrainingGoesOn() {
    Settings three = Settings.parse(List.of("--device=cpu,cpu,cpu", "--share=3:1"));
    three.checkDevices(true);
    assertEquals(
        "share: 3:1 has 2 parts for 3 devices; it takes one for each, or more",
        assertThrows(SettingException.class, () -> three.checkDevices(false)).getMessage());
    Settings two = Settings.parse(List.of("--device=cpu,cpu"));
    two.checkDevices(false);
    assertEquals(
        "device: cpu,cpu may be several devices, but the training began with whole batches on one,"
            + " and goes on as it began; name one, such as cpu",
        assertThrows(SettingException.class, () -> two.checkDevices(true)).getMessage());
    new Settings().checkDevices(true);
  }

  @Test
  void sharesMayHaveShardsOfTheirOwn() {
    Settings settings = Settings.parse(List.of("--share=1:1", "--sharded=true", "--round=4"));

    assertEquals(new Rounds(Shares.equal(2), 4, true), settings.plan(DENSE).rounds());
  }

  /** It is no path of this machine. */
  @Test
  void anAddressOfDataIsKeptAsItIs() {
    for (String address : List.of("hdfs://host/photos", "s3a://bucket/photos", "hdfs:/photos")) {
      assertEquals(
          Optional.of(address),
          new Settings().set(Setting.DATA, address).kept("dense 10").get(Setting.DATA));
    }
  }

  @Test
  void sharesAreKeptOnceTheyAreKnown() {
    Rounds rounds = new Rounds(Shares.parse("3:1"), 5);
    List<Device> two = List.of(device("opencl:1"), device("cpu"));
    assertEquals(
        List.of("--device=opencl:1,cpu", "--round=5", "--share=3:1"),
        Settings.parse(List.of("--device=all", "--deterministic=true", "--round=5"))
            .divided(rounds, two)
            .arguments());
    assertEquals(
        List.of("--device=cpu"),
        Settings.parse(List.of("--device=opencl:1,cpu", "--round=5"))
            .divided(Rounds.NONE, two.subList(1, 2))
            .arguments(),
        "one was left out");
    assertEquals(
        List.of("--device=auto", "--share=3:1"),
        Settings.parse(List.of("--device=auto", "--share=3:1"))
            .divided(rounds, two.subList(0, 1))
            .arguments(),
        "as it was asked for");
  }

  private static Device device(String id) {
    return new Device(id, Device.Kind.GPU, id, "Test", 1, 1);
  }

  private static void refused(String argument, String sentence, String... beside) {
    Settings settings = Settings.parse(List.of(beside)).over(Settings.parse(List.of(argument)));
    SettingException thrown = assertThrows(SettingException.class, settings::check);

    assertEquals(sentence, thrown.getMessage().substring(0, sentence.length()));
    assertEquals("--" + sentence, thrown.sentence("--").substring(0, sentence.length() + 2));
    assertThrows(SettingException.class, () -> settings.plan(DENSE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "epochs=3",
        "--epochs",
        "--weights=x",
        "--epochs=x",
        "--input=1x2",
        "--optimizer=none",
        "--softmax=nowhere",
        "--class-weights=fair",
        "--device=tpu",
        "--device=cpu,auto",
        "--share=3:0",
        "--round=often",
        "--schedule=later"
      })
  void otherTextIsRefused(String argument) {
    assertEquals(
        "\"" + argument + "\"",
        assertThrows(
                IllegalArgumentException.class, () -> Settings.parse(List.of("--seed=1", argument)))
            .getMessage()
            .substring(0, argument.length() + 2));
  }
}
