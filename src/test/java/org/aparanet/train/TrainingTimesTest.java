package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.checkpoint.CheckpointFile;
import org.aparanet.train.checkpoint.CheckpointFolder;
import org.aparanet.train.checkpoint.RunIdentity;
import org.aparanet.train.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times and rates, on a device of which a step takes as many seconds as its epoch's number says,
 * and an inference a hundred. An epoch has two steps of five images.
 */
class TrainingTimesTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
  private static final float[] START = new float[NETWORK.parameterCount()];
  private static final TrainingPlan PLAN = TrainingPlan.of(3, 5, 0.5f).withSeed(9);

  @TempDir Path folder;

  private final CountingSession session = new CountingSession(NETWORK, 5);
  private final List<TrainingListener.Step> steps = new ArrayList<>();
  private final List<TrainingListener.Epoch> epochs = new ArrayList<>();
  private long nanos = 1_000_000_000_000_000L; // any

  @Test
  void anEpochHasItsOwnTimeAndTheRunTheTimeOfAll() {
    TrainingResult result = trainer(0, recorder(), Optional.empty()).run(START);

    // two steps of 1, 2 and 3 s, without the tests
    assertEquals(
        List.of("2.000", "4.000", "6.000"), epochs.stream().map(e -> f(e.seconds())).toList());
    assertEquals(
        List.of("5.000", "2.500", "1.667"), // 10/2, 10/4, 10/6
        epochs.stream().map(e -> f(e.imagesPerSecond())).toList());
    assertEquals(12, result.seconds(), 1e-6);
    assertEquals(2.5, result.imagesPerSecond(), 1e-6); // 30/12
  }

  @Test
  void theTimeLeftIsThatOfAllImagesThatFollow() {
    trainer(0, recorder(), Optional.empty()).run(START);

    assertEquals(
        List.of(
            "5 of 10, 5.000 images/s, 5.000 s", // 25 images at 5/1
            "10 of 10, 5.000 images/s, 4.000 s", // 20 at 10/2
            "5 of 10, 2.500 images/s, 6.000 s", // 15 at 5/2
            "10 of 10, 2.500 images/s, 4.000 s", // 10 at 10/4
            "5 of 10, 1.667 images/s, 3.000 s", // 5 at 5/3
            "10 of 10, 1.667 images/s, 0.000 s"),
        steps.stream()
            .map(TrainingListener.Step::soFar)
            .map(
                p ->
                    p.images()
                        + " of "
                        + p.of()
                        + ", "
                        + f(p.imagesPerSecond())
                        + " images/s, "
                        + f(p.secondsLeft())
                        + " s")
            .toList());
  }

  @Test
  void aRunThatGoesOnHasTheTimeOfItsBeginning() {
    // 100 s for the first epoch, 7 for the first step of the second one
    Snapshot middle =
        new Snapshot(
            new Position(2, 3, 5, 5.5, 2),
            TrainingState.start(START.clone(), Optimizer.SGD),
            Optional.empty(),
            100,
            7,
            Optional.empty(),
            Optional.empty());

    TrainingResult result = trainer(3, recorder(), Optional.empty()).resume(middle);

    // one step of 2 s and two of 3
    assertEquals(List.of("9.000", "6.000"), epochs.stream().map(e -> f(e.seconds())).toList());
    assertEquals(
        List.of("1.111", "1.667"), epochs.stream().map(e -> f(e.imagesPerSecond())).toList());
    assertEquals(115, result.seconds(), 1e-6);
    assertEquals(30.0 / 115, result.imagesPerSecond(), 1e-9);
  }

  @Test
  void checkpointsKeepBothTimes() {
    CheckpointFolder.prepare(folder);
    CheckpointFolder checkpoints =
        new CheckpointFolder(
            folder,
            SyncInterval.parse("1"),
            6,
            new Model(NETWORK, START),
            new RunIdentity(Map.of(), "images", new Settings()),
            Optional.empty());

    trainer(0, recorder(), Optional.of(checkpoints)).run(START);

    List<String> times = new ArrayList<>();
    for (int step = 1; step <= 6; step++) {
      Snapshot kept =
          CheckpointFile.load(folder.resolve("step-000000000" + step + ".safetensors")).snapshot();
      times.add(f(kept.seconds()) + " + " + f(kept.epochSeconds()));
    }
    assertEquals(
        List.of(
            "0.000 + 1.000",
            "2.000 + 0.000",
            "2.000 + 2.000",
            "6.000 + 0.000",
            "6.000 + 3.000",
            "12.000 + 0.000"),
        times);
  }

  @Test
  void checkpointsAreWrittenWhenTheirTimeIsUp() throws IOException {
    CheckpointFolder.prepare(folder);
    CheckpointFolder checkpoints =
        new CheckpointFolder(
            folder,
            SyncInterval.parse("3s"),
            9,
            new Model(NETWORK, START),
            new RunIdentity(Map.of(), "images", new Settings()),
            Optional.empty());

    trainer(0, recorder(), Optional.of(checkpoints)).run(START);

    // at each epoch's end, and behind the one step within an epoch that takes three seconds
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("2", "4", "5", "6"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("step-"))
              .map(name -> name.replaceAll("step-0+|\\.safetensors", ""))
              .sorted()
              .toList());
    }
  }

  @Test
  void theHistoryHasTheTimesOfTheEpochs() throws IOException {
    Path file = folder.resolve("history");
    try (History history = new History(file, Map.of())) {
      trainer(0, history, Optional.empty()).run(START);
    }

    assertEquals(
        List.of(
            "\"test_accuracy\":0.4,\"seconds\":2.0,\"images_per_second\":5.0}",
            "\"test_accuracy\":0.4,\"seconds\":4.0,\"images_per_second\":2.5}",
            "\"test_accuracy\":0.4,\"seconds\":6.0,\"images_per_second\":1.6666666666666667}"),
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("{\"epoch\""))
            .map(line -> line.replaceFirst(".*(?=\"test_accuracy)", ""))
            .toList());
  }

  private TrainingListener recorder() {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        steps.add(step);
      }

      @Override
      public void epoch(Epoch epoch) {
        epochs.add(epoch);
      }
    };
  }

  /**
   * @param before steps of the run that were taken before
   */
  private Trainer trainer(int before, TrainingListener listener, Optional<SnapshotKeeper> keeper) {
    session.works = step -> nanos += 1_000_000_000L * (step == 0 ? 100 : (before + step + 1) / 2);
    return new Trainer(
        session,
        Optional.empty(),
        new TrainingData(set(10), Optional.empty(), set(5)),
        PLAN,
        listener,
        keeper,
        () -> nanos);
  }

  private static ImageSet set(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet("set", new Shape(1, 1, 1), new byte[count], labels, 3);
  }

  private static String f(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
