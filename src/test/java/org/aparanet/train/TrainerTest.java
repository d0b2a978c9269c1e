package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.aparanet.data.BatchSampler;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.evaluate.Accuracy;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 3");
  private static final float[] START = {1, 2, 3, 4, 5, 6};

  private final Recorder recorder = new Recorder();

  @Test
  void everyEpochVisitsEveryImageInTheSamplersOrderWithARaggedLastBatch() {
    CountingSession session = new CountingSession(NETWORK, 4);

    train(session, 10, TrainingPlan.of(2, 4, 0.1f).withSeed(9));

    List<List<Integer>> expected = new ArrayList<>();
    for (int epoch = 1; epoch <= 2; epoch++) {
      int[] order = new BatchSampler(10, 9, true).order(epoch);
      for (int from = 0; from < 10; from += 4) {
        int[] batch = Arrays.copyOfRange(order, from, Math.min(from + 4, 10));
        expected.add(Arrays.stream(batch).boxed().toList());
      }
    }
    assertEquals(expected, session.batches);
    assertEquals(List.of(4, 4, 2, 4, 4, 2), recorder.steps.stream().map(s -> s.images()).toList());
  }

  @Test
  void withoutShufflingImagesComeInFileOrder() {
    CountingSession session = new CountingSession(NETWORK, 2);

    train(session, 3, TrainingPlan.of(2, 2, 0.1f).withSeed(9).withShuffle(false));

    List<List<Integer>> epoch = List.of(List.of(0, 1), List.of(2));
    assertEquals(List.of(epoch.get(0), epoch.get(1), epoch.get(0), epoch.get(1)), session.batches);
  }

  @Test
  void stepsAreNumberedThroughAndEpochsFromOne() {
    train(new CountingSession(NETWORK, 4), 10, TrainingPlan.of(2, 4, 0.1f).withSeed(9));

    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), recorder.stepNumbers());
    assertEquals(List.of(1, 1, 1, 2, 2, 2), recorder.steps.stream().map(s -> s.epoch()).toList());
    assertEquals(List.of(1, 2), recorder.epochs.stream().map(e -> e.epoch()).toList());
  }

  @Test
  void epochLossIsTheMeanOverImagesNotOverSteps() {
    train(new CountingSession(NETWORK, 4), 10, TrainingPlan.of(1, 4, 0.1f).withSeed(9));

    double sum = recorder.steps.stream().mapToDouble(s -> s.loss() * s.images()).sum();
    assertEquals(sum / 10, recorder.epochs.get(0).trainLoss(), 1e-12);
    assertEquals(sum / 10, recorder.steps.get(2).soFar().loss(), 1e-12);
    assertEquals(10, recorder.steps.get(2).soFar().images());
  }

  @Test
  void theTestSetIsEvaluatedAfterEachEpoch() {
    TrainingResult result =
        train(new CountingSession(NETWORK, 4), 10, TrainingPlan.of(2, 4, 0.1f).withSeed(9));

    // labels of the five test images are 0, 1, 2, 0, 1 and class 0 is always predicted
    assertEquals(new Accuracy(2, 5), result.test());
    assertEquals(
        List.of(new Accuracy(2, 2), new Accuracy(0, 2), new Accuracy(0, 1)), result.recalls());
    assertEquals(
        List.of(new Accuracy(2, 5), new Accuracy(2, 5)),
        recorder.epochs.stream().map(e -> e.test().orElseThrow()).toList());
  }

  @Test
  void parametersComeToTheHostAtEpochEndsAndAsOftenAsThePlanSays() {
    CountingSession session = new CountingSession(NETWORK, 1);

    train(session, 2500, TrainingPlan.of(2, 1, 0.1f).withSeed(9).withSync(every("1000")));

    // steps 1000, 2000, 2500 (end), 3500, 4500, 5000 (end)
    assertEquals(6, session.parameterReads);
  }

  @Test
  void parametersComeToTheHostWhenTimeIsUp() {
    CountingSession session = new CountingSession(NETWORK, 1);
    long[] seconds = new long[1];
    session.works = step -> seconds[0]++; // each step takes a second
    Trainer trainer =
        new Trainer(
            session,
            Optional.empty(),
            new TrainingData(set(25), Optional.empty(), set(5)),
            TrainingPlan.of(1, 1, 0.1f).withSeed(9).withSync(every("10s")),
            recorder,
            Optional.empty(),
            () -> TimeUnit.SECONDS.toNanos(seconds[0]));

    trainer.run(START);

    assertEquals(3, session.parameterReads, "after 10 and 20 steps, and at the end");
  }

  @Test
  void byDefaultThirtySecondsMayBeLost() {
    assertEquals("30s", TrainingPlan.of(1, 1, 0.1f).withSeed(9).sync().toString());
  }

  @Test
  void aLostStateIsRestoredAndTheRunEndsAsIfNothingHadHappened() {
    TrainingPlan plan = TrainingPlan.of(3, 4, 0.1f).withSeed(9);
    Recorder undisturbed = new Recorder();
    TrainingResult expected =
        trainer(new CountingSession(NETWORK, 4), 10, plan, undisturbed).run(START);
    for (int lostCall = 1; lostCall <= 9; lostCall++) {
      Recorder disturbed = new Recorder();
      CountingSession session = new CountingSession(NETWORK, 4);
      session.losses.add(lostCall);

      TrainingResult result = trainer(session, 10, plan, disturbed).run(START);

      assertArrayEquals(expected.parameters(), result.parameters(), "lost at " + lostCall);
      assertEquals(undisturbed.stepNumbers(), disturbed.stepNumbers());
      assertEquals(undisturbed.stepLosses(), disturbed.stepLosses());
      assertEquals(undisturbed.epochLosses(), disturbed.epochLosses());
      assertEquals(List.of((lostCall - 1) / 3 * 3L), disturbed.restored);
    }
  }

  @Test
  void aStateLostLongAfterASnapshotGoesBackOnlyThatFar() {
    TrainingPlan plan = TrainingPlan.of(1, 1, 0.1f).withSeed(9).withSync(every("1000"));
    Recorder undisturbed = new Recorder();
    TrainingResult expected =
        trainer(new CountingSession(NETWORK, 1), 1600, plan, undisturbed).run(START);
    CountingSession session = new CountingSession(NETWORK, 1);
    session.losses.add(1500);

    TrainingResult result = train(session, 1600, plan);

    assertArrayEquals(expected.parameters(), result.parameters());
    assertEquals(List.of(1000L), recorder.restored);
    assertEquals(undisturbed.epochLosses(), recorder.epochLosses());
    assertEquals(1600 + 499, session.batches.size());
    assertEquals(undisturbed.stepNumbers(), recorder.stepNumbers());
  }

  @Test
  void aStateLostDuringTheTestRepeatsOnlyTheTest() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.inferLosses.add(2); // each test takes two calls

    train(session, 10, TrainingPlan.of(2, 4, 0.1f).withSeed(9));

    assertEquals(6, session.batches.size());
    assertEquals(2, recorder.epochs.size());
    assertEquals(List.of(3L), recorder.restored);
  }

  @Test
  void aDeviceThatKeepsLosingItsStateEndsTheRun() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.losses.addAll(List.of(5, 6, 7, 8, 9, 10));

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () -> train(session, 10, TrainingPlan.of(3, 4, 0.1f).withSeed(9)));

    assertEquals(
        "fake (Counter) lost the network's state 4 times after step 3", thrown.getMessage());
    assertEquals(3, thrown.step());
    assertEquals(3, recorder.restored.size());
  }

  /** Whenever the first device fails, the second repeats from the last snapshot, in order. */
  @Test
  void anotherDeviceGoesOnFromTheLastSnapshotAndComesToTheSameResult() {
    TrainingPlan plan = TrainingPlan.of(3, 4, 0.1f).withSeed(9).withSync(every("2"));
    Recorder undisturbed = new Recorder();
    TrainingResult expected =
        trainer(new CountingSession(NETWORK, 4), 10, plan, undisturbed).run(START);
    int[] snapshots = {0, 0, 2, 3, 3, 5, 6, 6, 8}; // before steps 1 to 9; an epoch has three
    for (int failed = 1; failed <= 9; failed++) {
      Recorder disturbed = new Recorder();
      CountingSession first = new CountingSession(NETWORK, 4);
      first.failsAtStep = failed;
      CountingSession second = new CountingSession("other", NETWORK, 4);

      TrainingResult result =
          Trainers.of(first, Optional.of(() -> second), set(10), set(5), plan, disturbed)
              .run(START);

      long snapshot = snapshots[failed - 1];
      assertArrayEquals(expected.parameters(), result.parameters(), "failed at step " + failed);
      assertEquals(undisturbed.stepNumbers(), disturbed.stepNumbers());
      assertEquals(undisturbed.stepLosses(), disturbed.stepLosses());
      assertEquals(undisturbed.epochLosses(), disturbed.epochLosses());
      assertEquals(List.of("the device is gone, other, " + snapshot), disturbed.fellBack);
      assertEquals(9 - snapshot, second.batches.size());
      assertEquals(
          snapshot == 0 ? List.of("other") : List.of("fake", "other"),
          result.devices().stream().map(Device::id).toList(),
          "a device of which nothing was kept has no part in the result");
    }
  }

  @Test
  void aDeviceThatFailsDuringTheTestIsReplacedForTheTest() {
    CountingSession first = new CountingSession(NETWORK, 4);
    first.failsAtInfer = 2;
    CountingSession second = new CountingSession("other", NETWORK, 4);

    Trainers.of(
            first,
            Optional.of(() -> second),
            set(10),
            set(5),
            TrainingPlan.of(1, 4, 0.1f).withSeed(9),
            recorder)
        .run(START);

    assertEquals(List.of("the device is gone, other, 3"), recorder.fellBack);
    assertEquals(0, second.batches.size());
    assertEquals(1, recorder.epochs.size());
  }

  @Test
  void aDeviceWithoutRoomForTheImagesIsReplacedBeforeTheStart() {
    CountingSession first = new CountingSession(NETWORK, 4);
    first.full = true;
    CountingSession second = new CountingSession("other", NETWORK, 4);
    TrainingPlan plan = TrainingPlan.of(1, 4, 0.1f).withSeed(9);

    TrainingResult result =
        Trainers.of(first, Optional.of(() -> second), set(10), set(5), plan, recorder).run(START);

    assertEquals(List.of("no room for set, other, 0"), recorder.fellBack);
    assertEquals(List.of(second.device()), result.devices());
    assertThrows(EngineException.class, () -> train(first, 10, plan));
  }

  @Test
  void aDeviceThatKeepsLosingItsStateIsReplaced() {
    CountingSession first = new CountingSession(NETWORK, 4);
    first.losses.addAll(List.of(5, 6, 7, 8));
    CountingSession second = new CountingSession("other", NETWORK, 4);

    Trainers.of(
            first,
            Optional.of(() -> second),
            set(10),
            set(5),
            TrainingPlan.of(3, 4, 0.1f).withSeed(9),
            recorder)
        .run(START);

    assertEquals(
        List.of("fake (Counter) lost the network's state 4 times after step 3, other, 3"),
        recorder.fellBack);
    assertEquals(6, second.batches.size());
  }

  @Test
  void withoutAnotherDeviceTheRunStopsWithTheCauseAndWhatWasLearned() {
    TrainingResult afterOne =
        trainer(
                new CountingSession(NETWORK, 4),
                10,
                TrainingPlan.of(1, 4, 0.1f).withSeed(9),
                new Recorder())
            .run(START);
    CountingSession session = new CountingSession(NETWORK, 4);
    session.failsAtStep = 5;

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () -> train(session, 10, TrainingPlan.of(3, 4, 0.1f).withSeed(9)));

    assertEquals("the device is gone", thrown.getMessage());
    assertEquals(3, thrown.step());
    assertArrayEquals(afterOne.parameters(), thrown.parameters());
  }

  @Test
  void theSecondDeviceHasNoSuccessor() {
    CountingSession first = new CountingSession(NETWORK, 4);
    first.failsAtStep = 5;
    CountingSession second = new CountingSession("other", NETWORK, 4);
    second.failsAtStep = 4; // the first step of the last epoch

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () ->
                Trainers.of(
                        first,
                        Optional.of(() -> second),
                        set(10),
                        set(5),
                        TrainingPlan.of(3, 4, 0.1f).withSeed(9),
                        recorder)
                    .run(START));

    assertEquals("the device is gone", thrown.getMessage());
    assertEquals(6, thrown.step());
  }

  @Test
  void aSuccessorThatCannotBeHadIsNamedBesideTheCause() {
    CountingSession first = new CountingSession(NETWORK, 4);
    first.failsAtStep = 1;
    Supplier<Session> none =
        () -> {
          throw new EngineException("too little memory");
        };

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () ->
                Trainers.of(
                        first,
                        Optional.of(none),
                        set(10),
                        set(5),
                        TrainingPlan.of(1, 4, 0.1f).withSeed(9),
                        recorder)
                    .run(START));

    assertEquals(
        "the device is gone; and nothing can take its place: too little memory",
        thrown.getMessage());
    assertEquals(0, thrown.step());
  }

  /** The first of equal logits would be predicted, as if nothing were wrong. */
  @Test
  void anOutputThatIsNotFiniteInATestIsAFailureOfTheDevice() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.infersNotANumber = true;

    TrainingFailedException thrown =
        assertThrows(
            TrainingFailedException.class,
            () -> train(session, 10, TrainingPlan.of(1, 4, 0.1f).withSeed(9)));

    assertEquals(
        "fake (Counter) gives image 0 of set an output that is not finite: the parameters are too"
            + " large, or the device computes wrongly (\"aparanet devices --check\" tests it)",
        thrown.getMessage());
    assertEquals(3, thrown.step());
  }

  @Test
  void lossesWithProgressBetweenThemAreForgiven() {
    CountingSession session = new CountingSession(NETWORK, 10);
    session.losses.addAll(List.of(1, 3, 5, 7, 9, 11)); // each first try of six epochs

    train(session, 10, TrainingPlan.of(6, 10, 0.1f).withSeed(9));

    assertEquals(6, recorder.restored.size());
    assertEquals(6, recorder.epochs.size());
  }

  @Test
  void aNonFiniteLossStopsWithStepRateAdviceAndTheLastGoodParameters() {
    TrainingResult afterOne =
        trainer(
                new CountingSession(NETWORK, 4),
                10,
                TrainingPlan.of(1, 4, 0.05f).withSeed(9),
                new Recorder())
            .run(START);
    CountingSession session = new CountingSession(NETWORK, 4);
    session.notANumberFrom = 5;

    TrainingDivergedException thrown =
        assertThrows(
            TrainingDivergedException.class,
            () -> train(session, 10, TrainingPlan.of(3, 4, 0.05f).withSeed(9)));

    assertEquals(
        "the loss is no longer finite at step 5 (epoch 2) with learning rate 0.05; use a smaller"
            + " one, such as --learning-rate 0.005; should that not help, let \"aparanet devices"
            + " --check\" test fake (Counter)",
        thrown.getMessage());
    assertEquals(3, thrown.step());
    assertArrayEquals(afterOne.parameters(), thrown.parameters());
    assertEquals(List.of(1L, 2L, 3L, 4L), recorder.stepNumbers());
  }

  @Test
  void aNonFiniteLossNamesTheHeadsRateToo() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.notANumberFrom = 1;

    TrainingDivergedException thrown =
        assertThrows(
            TrainingDivergedException.class,
            () -> train(session, 10, TrainingPlan.of(1, 4, 0.05f).withHeadRate(2)));

    assertEquals(
        "the loss is no longer finite at step 1 (epoch 1) with learning rate 0.05 and head rate 2.0;"
            + " use smaller ones, such as --learning-rate 0.005 --head-rate 0.2; should that not"
            + " help, let \"aparanet devices --check\" test fake (Counter)",
        thrown.getMessage());
  }

  @Test
  void parametersThatOverflowBehindAFiniteLossAreNeverTakenForGood() {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.overflowAt = 3; // the last step of the first epoch

    TrainingDivergedException thrown =
        assertThrows(
            TrainingDivergedException.class,
            () -> train(session, 10, TrainingPlan.of(3, 4, 0.05f).withSeed(9)));

    assertTrue(thrown.getMessage().startsWith("a parameter is no longer finite at step 3"));
    assertEquals(0, thrown.step());
    assertArrayEquals(START, thrown.parameters());
  }

  @Test
  void theLearningRateThatIsAdvisedCanBeUsed() {
    assertEquals("; use a smaller one, such as --learning-rate 0.007", advice(0.07f));
    assertEquals("; use a smaller one, such as --learning-rate 100", advice(1000f));
    assertEquals("; use a smaller one, such as --learning-rate 1E+29", advice(1e30f));
    assertEquals("; use a smaller one, such as --learning-rate 1E-31", advice(1e-30f));
    assertTrue(advice(Float.MIN_VALUE).startsWith("; hardly a smaller one can help"));
  }

  private String advice(float learningRate) {
    CountingSession session = new CountingSession(NETWORK, 4);
    session.notANumberFrom = 1;
    String message =
        assertThrows(
                TrainingDivergedException.class,
                () -> train(session, 10, TrainingPlan.of(1, 4, learningRate).withSeed(9)))
            .getMessage();
    return message.replaceAll("; should that not.*", "").replaceAll("^[^;]*", "");
  }

  @Test
  void startingParametersAreCopied() {
    float[] start = START.clone();

    train(new CountingSession(NETWORK, 4), 10, TrainingPlan.of(1, 4, 0.1f).withSeed(9), start);

    assertArrayEquals(START, start);
  }

  @Test
  void setsThatDoNotFitTheNetworkAreRefused() {
    ImageSet empty = new ImageSet("empty", new Shape(1, 1, 1), new byte[0], new byte[0], 3);
    ImageSet wide = new ImageSet("wide", new Shape(1, 1, 1), new byte[1], new byte[1], 4);
    TrainingPlan plan = TrainingPlan.of(1, 4, 0.1f).withSeed(9);

    for (ImageSet set : List.of(empty, wide)) {
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () -> Trainers.of(new CountingSession(NETWORK, 4), set, set, plan, recorder));
      assertTrue(thrown.getMessage().startsWith(set.name()), thrown.getMessage());
    }
  }

  @Test
  void plansOutOfRangeAreRefused() {
    for (float rate : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(1, 1, rate).withSeed(0));
    }
    assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(0, 1, 1).withSeed(0));
    assertThrows(
        IllegalArgumentException.class, () -> TrainingPlan.of(1_000_001, 1, 1).withSeed(0));
    assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(1, 0, 1).withSeed(0));
    assertThrows(IllegalArgumentException.class, () -> TrainingPlan.of(1, 65_537, 1).withSeed(0));
    assertFalse(
        TrainingPlan.of(1_000_000, 65_536, Float.MIN_VALUE)
            .withSeed(-1)
            .withShuffle(false)
            .shuffle());
  }

  /** However many steps go by before the device is asked. */
  @Test
  void lossesOnTheDeviceMakeTheSameRun() {
    TrainingPlan plan = TrainingPlan.of(3, 4, 0.1f).withSeed(9).withSync(every("2"));
    Recorder onHost = new Recorder();
    CountingSession host = new CountingSession(NETWORK, 4);
    TrainingResult expected = trainer(host, 10, plan, onHost).run(START);
    for (int window : new int[] {1, 2, 16}) {
      Recorder onDevice = new Recorder();
      CountingSession session = new CountingSession(NETWORK, 4);
      session.window = window;
      TrainingResult result =
          trainer(session, 10, plan.withSoftmax(TrainingPlan.Softmax.DEVICE), onDevice).run(START);
      assertEquals(onHost.steps.size(), onDevice.steps.size());
      assertEquals(onHost.stepNumbers(), onDevice.stepNumbers());
      assertEquals(onHost.stepLosses(), onDevice.stepLosses());
      assertEquals(onHost.epochLosses(), onDevice.epochLosses());
      assertEquals(host.batches, session.batches);
      assertEquals(host.parameterReads, session.parameterReads, "kept as often");
      assertArrayEquals(expected.parameters(), result.parameters());
    }
  }

  /** Found when the device is asked, after which the steps since the last snapshot are repeated. */
  @Test
  void aStateThatIsLostBetweenOutcomesIsRestored() {
    TrainingPlan plan =
        TrainingPlan.of(3, 4, 0.1f)
            .withSeed(9)
            .withSync(every("2"))
            .withSoftmax(TrainingPlan.Softmax.DEVICE);
    TrainingResult expected =
        trainer(new CountingSession(NETWORK, 4), 10, plan, new Recorder()).run(START);
    for (int lost = 1; lost <= 9; lost++) {
      Recorder disturbed = new Recorder();
      CountingSession session = new CountingSession(NETWORK, 4);
      session.window = 16;
      session.losses.add(lost);
      TrainingResult result = trainer(session, 10, plan, disturbed).run(START);
      assertArrayEquals(expected.parameters(), result.parameters(), "lost at step " + lost);
      assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), disturbed.stepNumbers());
      assertEquals(1, disturbed.restored.size());
    }
  }

  @Test
  void aLossOnTheDeviceThatIsNotFiniteEndsTheRunWithTheLastSnapshot() {
    TrainingPlan plan =
        TrainingPlan.of(3, 4, 0.05f).withSeed(9).withSoftmax(TrainingPlan.Softmax.DEVICE);
    CountingSession session = new CountingSession(NETWORK, 4);
    session.window = 2;
    session.notANumberFrom = 5;
    TrainingDivergedException thrown =
        assertThrows(TrainingDivergedException.class, () -> train(session, 10, plan));
    assertTrue(
        thrown.getMessage().startsWith("the loss is no longer finite at step 5 (epoch 2)"),
        thrown.getMessage());
    assertEquals(3, thrown.step());
    assertEquals(List.of(1L, 2L, 3L, 4L), recorder.stepNumbers());
  }

  private static SyncInterval every(String text) {
    return SyncInterval.parse(text);
  }

  private TrainingResult train(CountingSession session, int images, TrainingPlan plan) {
    return train(session, images, plan, START);
  }

  private TrainingResult train(
      CountingSession session, int images, TrainingPlan plan, float[] start) {
    return trainer(session, images, plan, recorder).run(start);
  }

  private static Trainer trainer(
      CountingSession session, int images, TrainingPlan plan, TrainingListener listener) {
    return Trainers.of(session, set(images), set(5), plan, listener);
  }

  private static ImageSet set(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return new ImageSet("set", new Shape(1, 1, 1), new byte[count], labels, 3);
  }

  private static final class Recorder implements TrainingListener {
    final List<Step> steps = new ArrayList<>();
    final List<Epoch> epochs = new ArrayList<>();
    final List<Long> restored = new ArrayList<>();
    final List<String> fellBack = new ArrayList<>();

    @Override
    public void step(Step step) {
      steps.add(step);
    }

    @Override
    public void epoch(Epoch epoch) {
      epochs.add(epoch);
    }

    @Override
    public void restored(StateLostException cause, long step) {
      restored.add(step);
    }

    @Override
    public void fellBack(EngineException cause, Device device, long step) {
      fellBack.add(cause.getMessage() + ", " + device.id() + ", " + step);
    }

    List<Long> stepNumbers() {
      return steps.stream().map(Step::step).toList();
    }

    List<Double> stepLosses() {
      return steps.stream().map(Step::loss).toList();
    }

    List<Double> epochLosses() {
      return epochs.stream().map(Epoch::trainLoss).toList();
    }
  }
}
