package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aparanet.data.DataSet;
import org.aparanet.data.PixelStatistics;
import org.aparanet.engine.Device;
import org.aparanet.engine.Optimizer;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.PixelNormalization;
import org.aparanet.train.MismatchException;
import org.aparanet.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way in for Java programs, which needs nothing of the command line. */
class TrainingTest {
  private static final DataSet SET = SmallTraining.SET;

  @TempDir Path folder;

  private static Training training() {
    return SmallTraining.begin();
  }

  @Test
  void aModelIsTrainedAndSaved() {
    Path file = folder.resolve("model.safetensors");

    Training.Result result = training().run(SET);
    Model model = result.model();
    model.save(file);

    assertEquals("conv 4 3, pool 2, dense 2", model.network().text());
    assertEquals(20, result.accuracy().count());
    assertTrue(result.accuracy().share() > 0.6, () -> "" + result.accuracy());
    assertArrayEquals(model.parameters(), ModelFile.load(file).parameters());
    assertArrayEquals(model.parameters(), training().run(SET).model().parameters(), "repeats");
  }

  @Test
  void listenersHistoryAndOutputAreServed() throws Exception {
    List<Integer> epochs = new ArrayList<>();
    Path history = folder.resolve("history");
    Path output = folder.resolve("model.safetensors");

    Model model =
        training()
            .history(history)
            .output(output)
            .listener(
                new TrainingListener() {
                  @Override
                  public void epoch(Epoch epoch) {
                    epochs.add(epoch.epoch());
                  }
                })
            .run(SET)
            .model();

    assertEquals(List.of(1, 2, 3), epochs);
    assertEquals(1 + 3 * 5 + 3, Files.readAllLines(history).size());
    assertArrayEquals(model.parameters(), ModelFile.load(output).parameters());
  }

  @Test
  void notesSayWhyNoGpuIsUsed() {
    List<String> notes = new ArrayList<>();
    training().device("auto").epochs(1).notes(notes::add).run(SET);
    // where there is a GPU, its kernels are built
    assertTrue(
        notes.stream().anyMatch(note -> note.contains("Java engine") || note.contains("kernels")),
        notes::toString);
  }

  /** In the second epoch. */
  private static Training.Result stopped(Training training) {
    return training
        .listener(
            new TrainingListener() {
              @Override
              public void step(Step step) {
                if (step.step() == 7) {
                  training.stop();
                }
              }
            })
        .run(SET);
  }

  @Test
  void aListenerStopsTheRunAndItIsResumedToTheSameModel() {
    Path checkpoints = folder.resolve("checkpoints");
    Path output = folder.resolve("model.safetensors");
    Training.Result whole = training().run(SET);

    Training.Result cut = stopped(training().checkpoints(checkpoints).output(output));
    assertArrayEquals(cut.model().parameters(), ModelFile.load(output).parameters());
    assertTrue(Files.exists(checkpoints.resolve("step-0000000007.safetensors")));
    Training.Result rest = Training.resume(checkpoints).device("cpu").run(SET);

    assertEquals(List.of(1), cut.epochs().stream().map(TrainingListener.Epoch::epoch).toList());
    assertEquals(20, cut.accuracy().count());
    assertTrue(cut.training().imagesPerSecond() > 0);
    assertEquals(List.of(2, 3), rest.epochs().stream().map(TrainingListener.Epoch::epoch).toList());
    assertArrayEquals(whole.model().parameters(), rest.model().parameters());
    assertEquals(whole.epochs().size(), 3);
  }

  @Test
  void aRunWithARateOfTheLastLayerIsResumedToTheSameModel() {
    Path checkpoints = folder.resolve("checkpoints");
    Training.Result whole = training().headRate(0.3).run(SET);

    stopped(training().headRate(0.3).checkpoints(checkpoints));
    Training.Result rest = Training.resume(checkpoints).device("cpu").run(SET);

    assertArrayEquals(whole.model().parameters(), rest.model().parameters());
    assertFalse(
        Arrays.equals(whole.model().parameters(), training().run(SET).model().parameters()));
  }

  /** The model, the history and what is tested are of the average. */
  @ParameterizedTest
  @ValueSource(strings = {"ema 0.9 every 2", "ema 0.99", "swa 2epochs", "swa 0.9 every 3"})
  void aRunWithAnAverageIsResumedToTheSameModel(String average) {
    Path checkpoints = folder.resolve("checkpoints");
    Training.Result whole = averaged(average).run(SET);

    stopped(averaged(average).checkpoints(checkpoints));
    Training.Result rest = Training.resume(checkpoints).device("cpu").run(SET);

    assertArrayEquals(whole.model().parameters(), rest.model().parameters());
    assertEquals(whole.accuracy(), rest.accuracy());
    assertFalse(
        Arrays.equals(whole.model().parameters(), training().run(SET).model().parameters()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema 0.9 every 900", "swa 1epoch every 900"})
  void anAverageWithoutStatesIsSaid(String average) {
    List<String> notes = new ArrayList<>();
    float[] last = averaged(average).notes(notes::add).run(SET).model().parameters();

    assertArrayEquals(training().run(SET).model().parameters(), last);
    String text = average.substring(4);
    assertTrue(
        notes.stream()
            .anyMatch(
                note ->
                    note.matches(
                        "the average "
                            + text
                            + " has none of the states of this run of \\d+ steps, \\d+ an epoch;"
                            + " the last parameters count, as without it")),
        notes::toString);
    averaged("ema 0.99").notes(note -> assertFalse(note.contains("average"), note)).run(SET);
  }

  private static Training averaged(String average) {
    String text = average.substring(4);
    return average.startsWith("ema") ? training().ema(text) : training().swa(text);
  }

  @Test
  void aNormalizedRunIsResumedToTheSameModel() {
    Path checkpoints = folder.resolve("checkpoints");
    Training.Result whole = training().normalize().run(SET);

    stopped(training().normalize().checkpoints(checkpoints));
    Training.Result rest = Training.resume(checkpoints).device("cpu").run(SET);

    assertEquals(
        PixelStatistics.of(SET.train()), rest.model().network().normalization().orElseThrow());
    assertArrayEquals(whole.model().parameters(), rest.model().parameters());
  }

  /** The steps so far, and no more. */
  @Test
  void theResultOfAStoppedRunIsThatOfItsSteps() {
    float[] expected = training().limit(24).epochs(1).shuffle(false).run(SET).model().parameters();
    Training cut = training().epochs(1).shuffle(false);
    cut.listener(
        new TrainingListener() {
          @Override
          public void step(Step step) {
            if (step.step() == 3) {
              cut.stop();
            }
          }
        });
    assertArrayEquals(expected, cut.run(SET).model().parameters());
  }

  @Test
  void aStoppedRunWithValidationGivesTheBestEpoch() {
    Training.Result cut = stopped(training().validation(0.2).batch(8));
    assertEquals(1, cut.training().best().orElseThrow().epoch());
    assertArrayEquals(cut.training().best().orElseThrow().parameters(), cut.model().parameters());
  }

  @Test
  void aTrainingThatDidNotBeginIsResumed() {
    Path checkpoints = folder.resolve("checkpoints");
    Training training = training().checkpoints(checkpoints);
    training.stop();
    training.run(SET);
    assertArrayEquals(
        training().run(SET).model().parameters(),
        Training.resume(checkpoints).device("cpu").run(SET).model().parameters());
  }

  @Test
  void theLastNormalizationCounts() {
    PixelNormalization given = new PixelNormalization(List.of(0.5f), List.of(0.5f));
    assertEquals(given, normalization(training().normalize().normalize(given)));
    assertEquals(
        PixelStatistics.of(SET.train()), normalization(training().normalize(given).normalize()));
  }

  private static PixelNormalization normalization(Training training) {
    return training.epochs(1).run(SET).model().network().normalization().orElseThrow();
  }

  @Test
  void theArticlesNetworkLearnsAtALowerRateFromNormalizedImages() {
    assertEquals(0.07f, Training.network("article").prepare(SET).plan().learningRate());
    assertEquals(0.01f, Training.network("article").normalize().prepare(SET).plan().learningRate());
  }

  @Test
  void aLimitIsAtLeastOneImage() {
    assertEquals(
        "a limit of -1 images; it must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> training().limit(-1)).getMessage());
  }

  @Test
  void aTrainingThatWasToldToStopDoesNotBegin() {
    Training training = training();
    training.stop();
    assertEquals(List.of(), training.run(SET).epochs());
    assertEquals(3, training.run(SET).epochs().size(), "only the next run");
  }

  @Test
  void anInterruptedTrainingIsResumedToTheSameModel() {
    Path checkpoints = folder.resolve("checkpoints");
    float[] expected = training().optimizer(Optimizer.Rule.ADAM).run(SET).model().parameters();
    Training interrupted =
        training()
            .optimizer(Optimizer.Rule.ADAM)
            .checkpoints(checkpoints)
            .checkpointEvery("1")
            .listener(
                new TrainingListener() {
                  @Override
                  public void step(Step step) {
                    if (step.step() == 8) {
                      throw new IllegalStateException("interrupted");
                    }
                  }
                });

    assertThrows(IllegalStateException.class, () -> interrupted.run(SET));
    Training.Result resumed = Training.resume(checkpoints).run(SET);

    assertArrayEquals(expected, resumed.model().parameters());
    assertEquals(
        "folder "
            + checkpoints
            + " holds checkpoints of a training; resume it, or name another"
            + " folder",
        assertThrows(MismatchException.class, () -> training().checkpoints(checkpoints).run(SET))
            .getMessage());
    assertThrows(
        MismatchException.class,
        () -> Training.resume(checkpoints).epochs(9).run(SET),
        "another training");
  }

  @Test
  void noMoreCheckpointsAreKeptThanAsked() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    training().checkpoints(checkpoints).checkpointEvery("1").checkpointKeep(2).run(SET);
    try (Stream<Path> files = Files.list(checkpoints)) {
      assertEquals(
          2, files.filter(file -> file.getFileName().toString().startsWith("step-")).count());
    }
  }

  @Test
  void severalDevicesTrainTogether() {
    Training.Result one = training().run(SET);
    Training.Result two = training().devices("cpu", "cpu").run(SET);

    assertEquals(List.of("cpu", "cpu"), two.training().devices().stream().map(Device::id).toList());
    assertArrayEquals(one.model().parameters(), two.model().parameters(), 1e-5f);
    assertArrayEquals(
        two.model().parameters(),
        training().devices("cpu", "cpu").deterministic().run(SET).model().parameters());
    assertArrayEquals(
        training().share("3:1").round(2).run(SET).model().parameters(),
        training().devices("cpu", "cpu").share("3:1").round(2).run(SET).model().parameters(),
        "whoever computes the shares");
    assertEquals(
        "share: 3:1 has 2 parts for 3 devices; it takes one for each, or more",
        assertThrows(
                IllegalArgumentException.class,
                () -> training().devices("cpu", "cpu", "cpu").share("3:1").run(SET))
            .getMessage());
  }

  @Test
  void aRunOnSeveralDevicesIsResumedOnAnyNumberOfThem() {
    float[] expected = training().devices("cpu", "cpu").round(2).run(SET).model().parameters();
    for (String devices : List.of("cpu", "cpu,cpu", "cpu,cpu,cpu")) {
      Path checkpoints = folder.resolve(devices);
      List<String> notes = new ArrayList<>();
      stopped(training().devices("cpu", "cpu").round(2).checkpoints(checkpoints));
      Training.Result rest =
          Training.resume(checkpoints).device(devices).notes(notes::add).run(SET);
      assertArrayEquals(expected, rest.model().parameters(), devices);
      assertEquals(
          devices.equals("cpu,cpu,cpu")
              ? List.of(
                  "cpu (Java engine) is left out: the batches of the training have 2 shares only")
              : List.of(),
          notes);
    }
    Path whole = folder.resolve("whole");
    stopped(training().checkpoints(whole));
    assertEquals(
        "device: cpu,cpu may be several devices, but the training began with whole batches on one,"
            + " and goes on as it began; name one, such as cpu",
        assertThrows(
                IllegalArgumentException.class,
                () -> Training.resume(whole).devices("cpu", "cpu").run(SET))
            .getMessage());
  }

  /** How often the state is copied back changes nothing in what is learned. */
  @Test
  void theIntervalOfCopiesIsATrainingsOwn() {
    float[] expected = training().run(SET).model().parameters();
    assertArrayEquals(expected, training().syncEvery("1").run(SET).model().parameters());
    assertThrows(IllegalArgumentException.class, () -> training().syncEvery("0"));
  }

  @Test
  void aModelIsTrainedFurther() {
    Path file = folder.resolve("model.safetensors");
    Model first = training().run(SET).model();
    first.save(file);

    Model second =
        Training.model(file).epochs(1).learningRate(1e-20).device("cpu").run(SET).model();

    assertArrayEquals(first.parameters(), second.parameters(), 1e-6f);
  }

  /** What it takes is its own network's; the rest is the recipe's. */
  @Test
  void aRecipeGivesWhatIsNotSet() {
    Training training = Training.recipe("mnist-fast").epochs(2);

    assertEquals(
        "--data=mnist --network=conv 8 5 nobias, pool 2, batchnorm relu, conv 16 3 nobias,"
            + " batchnorm relu, conv 32 3 nobias, pool 2, batchnorm relu, dense 10 --epochs=2 --batch=96 --learning-rate=0.4"
            + " --optimizer=nesterov --momentum=0.9 --weight-decay=0.0005"
            + " --schedule=one-cycle --label-smoothing=0.05",
        training.settings().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 8 | 0.1 | dense 2 | 0 epochs; allowed are 1 to 1000000",
        "1 | 0 | 0.1 | dense 2 | a batch of 0 images; allowed are 1 to 65536",
        "1 | 8 | 0 | dense 2 | learning rate 0.0; it must be finite and above 0",
        "1 | 8 | 0.1 | dense 1 | the network has 1 outputs, but train has 2 classes;"
      })
  void whatCannotBeTrainedIsRefusedInASentence(
      int epochs, int batch, double rate, String network, String sentence) {
    Training training = Training.network(network).epochs(epochs).batch(batch).learningRate(rate);

    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> training.run(SET))
            .getMessage()
            .startsWith(sentence));
  }

  /** Rather than training with what holds where nothing is set, or failing at the end. */
  @Test
  void anArgumentThatIsMissingIsNamedAtOnce() {
    Map<String, Executable> missing =
        Map.ofEntries(
            Map.entry("text of network", () -> Training.network(null)),
            Map.entry("name of recipe", () -> Training.recipe(null)),
            Map.entry("model of model", () -> Training.model(null)),
            Map.entry("folder of resume", () -> Training.resume(null)),
            Map.entry("checkpoint of resume", () -> Training.resume(folder, null)),
            Map.entry("settings of of", () -> Training.of(null)),
            Map.entry("others of settings", () -> training().settings(null)),
            Map.entry("named of preset", () -> training().preset(null)),
            Map.entry("model of weights", () -> training().weights(null)),
            Map.entry("text of schedule", () -> training().schedule(null)),
            Map.entry("rule of optimizer", () -> training().optimizer(null)),
            Map.entry("text of augment", () -> training().augment(null)),
            Map.entry("normalization of normalize", () -> training().normalize(null)),
            Map.entry("choice of device", () -> training().device(null)),
            Map.entry("choices of devices", () -> training().devices((String[]) null)),
            Map.entry("parts of share", () -> training().share(null)),
            Map.entry("place of softmax", () -> training().softmax(null)),
            Map.entry("interval of syncEvery", () -> training().syncEvery(null)),
            Map.entry("folder of checkpoints", () -> training().checkpoints(null)),
            Map.entry("interval of checkpointEvery", () -> training().checkpointEvery(null)),
            Map.entry("model of output", () -> training().output(null)),
            Map.entry("file of history", () -> training().history(null)),
            Map.entry("listener of listener", () -> training().listener(null)),
            Map.entry("listener of notes", () -> training().notes(null)),
            Map.entry("set of run", () -> training().run(null)),
            Map.entry("set of prepare", () -> training().prepare(null)));
    missing.forEach(
        (what, call) ->
            assertEquals(
                what.split(" ")[0],
                assertThrows(NullPointerException.class, call, what).getMessage(),
                what));
  }

  @Test
  void aNetworkThatCannotBeReadIsRefusedInASentence() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Training.network("lenett").run(SET))
            .getMessage()
            .startsWith(
                "network: neither a preset (article, lenet, deep, resnet20, resnet18,"
                    + " resnet34) nor layers that fit together: "));
    assertEquals(
        "\"fast\" is no preset; there are mnist-fast, mnist-tiny, mnist-best, fashion-best, cifar-small,"
            + " cifar-best, photos",
        assertThrows(IllegalArgumentException.class, () -> Training.recipe("fast")).getMessage());
  }

  @Test
  void roundsNeedSeveralDevices() {
    Training training = Training.network("dense 10").devices("cpu").round(2);
    assertEquals(
        "round needs device, several of them, such as opencl:0,cpu",
        assertThrows(IllegalArgumentException.class, () -> training.run(SET)).getMessage());
  }
}
