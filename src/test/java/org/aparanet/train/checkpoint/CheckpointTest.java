package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Best;
import org.aparanet.train.CountingSession;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.Settings;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;
import org.aparanet.train.history.History;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training goes on from any of its checkpoints as if nothing had happened. */
class CheckpointTest {
  private static final Shape INPUT = new Shape(1, 6, 5);
  private static final Network NETWORK =
      NetworkText.parse(
          INPUT, "conv 3 3 nobias, batchnorm relu, dropout 0.3, dense 6 relu, dense 3");
  private static final Map<String, Object> RUN = Map.of("seed", Long.MAX_VALUE, "rate", 0.1f);
  private static final float[] START = Initialization.HE.draw(NETWORK, 5);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Optimizer.Rule.class,
      names = {"SGD", "NESTEROV", "ADAM"})
  void fromEveryCheckpointToTheSameModelHistoryAndBestEpoch(Optimizer.Rule rule) throws Exception {
    Path history = folder.resolve("history");
    TrainingPlan plan = plan(rule);
    TrainingResult expected;
    try (Collector copies = new Collector(history)) {
      expected = train(plan, copies);
    }
    List<String> lines = withoutTimes(history);
    byte[] best = Files.readAllBytes(checkpoints().resolve(CheckpointFolder.BEST));
    assertEquals(3 * 4, copies().size(), "one after each step");
    int bestEpoch = expected.best().orElseThrow().epoch();
    assertArrayEquals(
        ModelFile.load(copies().get(4 * bestEpoch - 1)).parameters(),
        ModelFile.load(checkpoints().resolve(CheckpointFolder.BEST)).parameters(),
        "the best epoch ends with step " + 4 * bestEpoch);

    for (Path copy : copies()) {
      clear(checkpoints());
      Files.copy(copy, checkpoints().resolve(copy.getFileName()));
      Checkpoint checkpoint = CheckpointFolder.newest(checkpoints(), damaged -> {});
      Path continued = folder.resolve("continued");
      Files.copy(history, folder.resolve("continued.part"));

      TrainingResult result;
      try (History written = History.resume(continued, RUN, checkpoint.snapshot().position())) {
        result = resume(plan, checkpoint, written);
      }

      assertArrayEquals(expected.parameters(), result.parameters(), "from " + copy);
      assertEquals(expected.test(), result.test());
      assertEquals(bestEpoch, result.best().orElseThrow().epoch());
      assertEquals(expected.best().orElseThrow().score(), result.best().orElseThrow().score());
      assertEquals(lines, withoutTimes(continued), "from " + copy);
      Path written = checkpoints().resolve(CheckpointFolder.BEST);
      Optional<Integer> known = checkpoint.snapshot().best().map(Best::epoch);
      assertEquals(
          !known.equals(Optional.of(bestEpoch)), Files.exists(written), "written if it is new");
      if (Files.exists(written)) {
        assertArrayEquals(best, Files.readAllBytes(written));
      }
      Files.delete(continued);
    }
  }

  @Test
  void theLastOnesAreKeptAndTheBestModel() throws IOException {
    train(plan(Optimizer.Rule.ADAM), new TrainingListener() {});

    List<String> names = names(checkpoints());
    assertEquals(
        List.of(
            "best.safetensors",
            "step-0000000010.safetensors",
            "step-0000000011.safetensors",
            "step-0000000012.safetensors"),
        names);
    Model best = ModelFile.load(checkpoints().resolve("best.safetensors"));
    assertEquals(NETWORK, best.network());
    Model last = ModelFile.load(checkpoints().resolve(names.get(3)));
    assertEquals(NETWORK, last.network(), "a checkpoint is a model file");
  }

  @Test
  void aDamagedCheckpointIsNamedAndTheOneBeforeItTaken() throws IOException {
    train(plan(Optimizer.Rule.ADAM), new TrainingListener() {});
    Path newest = checkpoints().resolve("step-0000000012.safetensors");
    Path before = checkpoints().resolve("step-0000000011.safetensors");
    byte[] whole = Files.readAllBytes(newest);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length);
      if (i % 4 == 0) {
        damaged = Arrays.copyOf(whole, at);
      } else {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(newest, damaged);
      List<String> said = new ArrayList<>();

      Checkpoint checkpoint = CheckpointFolder.newest(checkpoints(), said::add);

      long step = checkpoint.snapshot().position().step();
      assertTrue(
          step == 11 && said.size() == 1 && said.get(0).startsWith(newest + ": "), "" + said);
    }
    Files.delete(before);
    Files.delete(checkpoints().resolve("step-0000000010.safetensors"));

    ModelFileException thrown =
        assertThrows(
            ModelFileException.class, () -> CheckpointFolder.newest(checkpoints(), damaged -> {}));

    assertEquals(checkpoints() + ": holds no checkpoint that can be read", thrown.getMessage());
  }

  /** Going on from an older one would remove the newest, which may be as good as ever. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void aCheckpointThatCannotBeReadIsNotPassedOver() throws IOException {
    train(plan(Optimizer.Rule.SGD), new TrainingListener() {});
    Path newest = checkpoints().resolve("step-0000000012.safetensors");
    Files.delete(newest);
    Files.createSymbolicLink(newest, newest);

    ModelFileException thrown =
        assertThrows(
            ModelFileException.class,
            () -> CheckpointFolder.newest(checkpoints(), Assertions::fail));

    assertEquals(
        checkpoints() + ": cannot be read (its symbolic links lead in a circle)",
        thrown.getMessage());
  }

  @Test
  void whatWasLeftHalfWrittenIsRemoved() throws IOException {
    Files.createDirectories(checkpoints());
    Files.writeString(checkpoints().resolve(".1a-step-0000000001.safetensors.tmp"), "half");
    Files.writeString(checkpoints().resolve("notes.txt"), "the user's");

    CheckpointFolder.prepare(checkpoints());

    assertEquals(List.of("notes.txt"), names(checkpoints()));
  }

  @Test
  void aCheckpointThatCannotBeWrittenStopsTheTraining() throws IOException {
    Path inTheWay = checkpoints().resolve("step-0000000004.safetensors");
    Files.createDirectories(inTheWay);

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () -> train(plan(Optimizer.Rule.SGD), new TrainingListener() {}));

    assertEquals(inTheWay + ": cannot be written (it is a folder)", thrown.getMessage());
    assertEquals(4, thrown.step());
    Files.delete(inTheWay);
    assertEquals(
        3, CheckpointFolder.newest(checkpoints(), damaged -> {}).snapshot().position().step());
  }

  /** Nothing is learned at this rate, so that no epoch improves on the first. */
  @Test
  void impatienceStopsAndIsRememberedByACheckpoint() {
    TrainingPlan plan = TrainingPlan.of(50, 8, 1e-30f).withSeed(3).withTestEvery(1).withPatience(4);
    Network plain = NetworkText.parse(INPUT, "dense 3");
    List<Integer> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            epochs.add(epoch.epoch());
          }
        };
    CheckpointFolder.prepare(checkpoints());
    try (Session session = new CpuEngine(1).open(plain, 8)) {
      TrainingListener stopping =
          new TrainingListener() {
            @Override
            public void epoch(Epoch epoch) {
              listener.epoch(epoch);
              if (epoch.epoch() == 4) {
                throw new IllegalStateException("killed");
              }
            }
          };
      assertThrows(
          IllegalStateException.class,
          () ->
              trainer(session, plan, stopping, Optional.empty(), "1000")
                  .run(Initialization.HE.draw(plain, 1)));
    }
    Checkpoint checkpoint = CheckpointFolder.newest(checkpoints(), damaged -> {});
    assertEquals(4, checkpoint.snapshot().position().epoch(), "of the third epoch's end");

    try (Session session = new CpuEngine(1).open(plain, 8)) {
      TrainingResult result =
          trainer(session, plan, listener, Optional.empty(), "1000").resume(checkpoint.snapshot());

      assertEquals(List.of(1, 2, 3, 4, 4, 5), epochs, "not four epochs from there");
      assertEquals(1, result.best().orElseThrow().epoch());
    }
  }

  @Test
  void checkpointsAreOfOneRunIfItsDescriptionIs() {
    RunIdentity kept = new RunIdentity(Map.of("a", 3, "b", 0.1f, "c", "x"), "d", new Settings());

    assertEquals(
        List.of(),
        kept.differences(
            new RunIdentity(Map.of("a", 3.0, "b", 0.1, "c", "x"), "d", new Settings())));
    assertEquals(
        List.of("b", "c", "e"),
        kept
            .differences(new RunIdentity(Map.of("a", 3, "b", 0.2, "e", 1), "d", new Settings()))
            .stream()
            .sorted()
            .toList());
  }

  @Test
  void imagesAreTheSameIfEveryPartIs() {
    ImageSet train = images("train", 29, 1);
    ImageSet validation = images("validation", 19, 2);
    ImageSet test = images("test", 23, 3);
    String digest = digest(train, validation, test);

    assertEquals(digest, RunIdentity.digest(data()));
    List<ImageSet> others =
        List.of(withOtherPixel(train), withOtherLabel(train), images("other", 29, 1));
    for (ImageSet other : others) {
      assertNotEquals(digest, digest(other, validation, test));
    }
    assertNotEquals(digest, digest(train, withOtherPixel(validation), test));
    assertNotEquals(digest, digest(train, withOtherLabel(validation), test));
    assertNotEquals(digest, digest(train, validation, withOtherPixel(test)));
    assertNotEquals(digest, digest(train, validation, withOtherLabel(test)));
    assertNotEquals(
        digest, RunIdentity.digest(new TrainingData(train, Optional.empty(), test)), "without");
  }

  private static String digest(ImageSet train, ImageSet validation, ImageSet test) {
    return RunIdentity.digest(new TrainingData(train, Optional.of(validation), test));
  }

  /** The last one, so that all are looked at. */
  private static ImageSet withOtherPixel(ImageSet images) {
    byte[] pixels = images.pixels().clone();
    pixels[pixels.length - 1]++;
    return new ImageSet(images.name(), images.shape(), pixels, images.labels(), 3);
  }

  private static ImageSet withOtherLabel(ImageSet images) {
    byte[] labels = images.labels().clone();
    labels[labels.length - 1] = (byte) ((labels[labels.length - 1] + 1) % 3);
    return new ImageSet(images.name(), images.shape(), images.pixels(), labels, 3);
  }

  /** They are damaged, and would be in the way of good ones when the oldest are removed. */
  @Test
  void newerCheckpointsThanTheOneGoneOnFromAreRemoved() throws IOException {
    TrainingPlan plan = plan(Optimizer.Rule.SGD);
    train(plan, new TrainingListener() {});
    Files.writeString(checkpoints().resolve("step-0000000012.safetensors"), "damaged");
    Files.writeString(checkpoints().resolve("step-0000000099.safetensors"), "damaged");
    Files.delete(checkpoints().resolve("step-0000000011.safetensors"));
    Checkpoint checkpoint = CheckpointFolder.newest(checkpoints(), damaged -> {});
    assertEquals(10, checkpoint.snapshot().position().step());

    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            if (step.step() == 12) { // that of step 11 is written by now
              throw new IllegalStateException("killed");
            }
          }
        };
    try (Session session = new CpuEngine(1).open(NETWORK, plan.batch())) {
      assertThrows(
          IllegalStateException.class,
          () ->
              trainer(session, plan, stopping, Optional.empty(), "1")
                  .resume(checkpoint.snapshot()));
    }

    assertEquals(
        List.of("best.safetensors", "step-0000000010.safetensors", "step-0000000011.safetensors"),
        names(checkpoints()));
  }

  @Test
  void withoutValidationTheBestEpochIsThatOfTheBestTest() throws IOException {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
    // class 0 is right for two of the test images, class 1 for three, class 2 for one
    ImageSet test =
        new ImageSet("test", new Shape(1, 1, 1), new byte[6], new byte[] {0, 0, 1, 1, 1, 2}, 3);
    CountingSession session = new CountingSession(network, 6);
    session.predicts = call -> call - 1;
    List<float[]> after = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            after.add(session.parameters());
          }
        };
    CheckpointFolder.prepare(checkpoints());
    float[] start = new float[network.parameterCount()];
    TrainingResult result =
        new Trainer(
                session,
                Optional.empty(),
                new TrainingData(test, Optional.empty(), test),
                TrainingPlan.of(3, 6, 0.1f).withSeed(9),
                listener,
                Optional.of(
                    new CheckpointFolder(
                        checkpoints(),
                        CheckpointFolder.EVERY,
                        3,
                        new Model(network, start),
                        new RunIdentity(RUN, "images", new Settings()),
                        Optional.empty())))
            .run(start);

    assertArrayEquals(
        after.get(1), ModelFile.load(checkpoints().resolve("best.safetensors")).parameters());
    assertArrayEquals(after.get(2), result.parameters(), "the last epoch is the result");
    assertEquals(new Accuracy(1, 6), result.test());
    assertEquals(Optional.empty(), result.best());
    Best best = CheckpointFolder.newest(checkpoints(), d -> {}).snapshot().best().orElseThrow();
    assertEquals(2, best.epoch());
    assertEquals(new Score(new Accuracy(3, 6), 0), best.score());
  }

  private TrainingResult train(TrainingPlan plan, TrainingListener listener) {
    CheckpointFolder.prepare(checkpoints());
    Optional<History> history =
        listener instanceof Collector collector ? Optional.of(collector.history) : Optional.empty();
    try (Session session = new CpuEngine(1).open(NETWORK, plan.batch())) {
      return trainer(session, plan, listener, history, "1").run(START);
    }
  }

  private TrainingResult resume(TrainingPlan plan, Checkpoint checkpoint, History history) {
    try (Session session = new CpuEngine(2).open(NETWORK, plan.batch())) {
      return trainer(session, plan, history, Optional.of(history), "1000")
          .resume(checkpoint.snapshot());
    }
  }

  private Trainer trainer(
      Session session,
      TrainingPlan plan,
      TrainingListener listener,
      Optional<History> history,
      String every) {
    return new Trainer(
        session,
        Optional.empty(),
        data(),
        plan,
        listener,
        Optional.of(
            new CheckpointFolder(
                checkpoints(),
                SyncInterval.parse(every),
                3,
                new Model(session.network(), new float[session.network().parameterCount()]),
                new RunIdentity(
                    RUN, RunIdentity.digest(data()), Settings.parse(List.of("--epochs=3"))),
                history)));
  }

  /** Three epochs of four steps. */
  private static TrainingPlan plan(Optimizer.Rule rule) {
    Optimizer optimizer =
        new Optimizer(
            rule, rule.moments() > 0 ? 0.9f : 0, rule.moments() > 1 ? 0.99f : 0, 0.01f, 0.5f);
    return TrainingPlan.of(3, 8, 0.02f)
        .withSeed(3)
        .withOptimizer(optimizer)
        .withSchedule(LearningRateSchedule.parse("warmup 2, cosine"))
        .withLabelSmoothing(0.1f)
        .withAugmentation(Augmentation.parse("shift 1, flip, rotate 20"))
        .withTestEvery(2)
        .withPatience(0);
  }

  private static TrainingData data() {
    return new TrainingData(
        images("train", 29, 1), Optional.of(images("validation", 19, 2)), images("test", 23, 3));
  }

  private static ImageSet images(String name, int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * INPUT.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet(name, INPUT, pixels, labels, 3);
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private List<Path> copies() throws IOException {
    try (var files = Files.list(Files.createDirectories(folder.resolve("copies")))) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void clear(Path folder) throws IOException {
    for (String name : names(folder)) {
      Files.delete(folder.resolve(name));
    }
  }

  private static List<String> withoutTimes(Path history) throws IOException {
    return Files.readAllLines(history).stream()
        .map(line -> line.replaceAll(",\"seconds\".*", ""))
        .toList();
  }

  /** Copies each checkpoint once it is written, so that none is lost to the next ones. */
  private final class Collector implements TrainingListener, AutoCloseable {
    final History history;
    final Map<String, Boolean> copied = new TreeMap<>();

    Collector(Path file) {
      history = new History(file, RUN);
    }

    @Override
    public void step(Step step) {
      history.step(step);
      copy();
    }

    @Override
    public void epoch(Epoch epoch) {
      history.epoch(epoch);
      copy();
    }

    @Override
    public void close() throws IOException {
      copy();
      history.close();
    }

    private void copy() {
      try {
        Path target = Files.createDirectories(folder.resolve("copies"));
        for (String name : names(checkpoints())) {
          if (name.startsWith("step") && copied.put(name, true) == null) {
            Files.copy(checkpoints().resolve(name), target.resolve(name));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
