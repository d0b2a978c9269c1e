package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.Snapshot;
import org.aparanet.train.SnapshotKeeper;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingDivergedException;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run in rounds is kept, stopped and continued between two rounds only. */
class RoundPlacesTest {
  private static final ImageSet IMAGES = ReferenceFile.images().first(105);
  private static final Network NETWORK =
      NetworkText.parse(IMAGES.shape(), "conv 4 5 stride 2, batchnorm relu, dropout 0.3, dense 10");

  /** 11 steps an epoch: rounds of 4, 4 and 3. */
  private static final TrainingPlan PLAN =
      TrainingPlan.of(3, 10, 0.01f)
          .withOptimizer(new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0, 1))
          .withAugmentation(Augmentation.parse("shift 1, flip"))
          .withSync(SyncInterval.parse("1"))
          .withRounds(new Rounds(Shares.parse("1:2"), 4));

  private final List<Session> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  private List<Session> sessions() {
    List<Session> two = new ArrayList<>();
    two.add(new CpuEngine(1).open(NETWORK, 10));
    two.add(new CpuEngine(1).open(NETWORK, 10));
    opened.addAll(two);
    return two;
  }

  /** Keeps every snapshot that it is offered. */
  private static final class Kept implements SnapshotKeeper {
    final List<Snapshot> all = new ArrayList<>();

    @Override
    public void begin(Snapshot start, long nanos) {}

    @Override
    public boolean due(long step, long nanos) {
      return true;
    }

    @Override
    public void keep(Snapshot snapshot, LongSupplier clock) {
      all.add(snapshot);
    }
  }

  private Trainer trainer(TrainingPlan plan, RoundRuns.Told told, SnapshotKeeper keeper) {
    return RoundRuns.trainer(sessions(), IMAGES, plan, told, Optional.of(keeper));
  }

  @Test
  void everySnapshotGoesOnToTheSameResult() {
    for (boolean sharded : new boolean[] {false, true}) {
      TrainingPlan plan = PLAN.withRounds(new Rounds(Shares.parse("1:2"), 4, sharded));
      Kept kept = new Kept();
      RoundRuns.Told told = new RoundRuns.Told();
      float[] whole = trainer(plan, told, kept).run(RoundRuns.start(NETWORK)).parameters();

      assertEquals(
          List.of(4L, 8L, 11L, 15L, 19L, 22L, 26L, 30L, 33L),
          kept.all.stream().map(snapshot -> snapshot.position().step()).toList());
      assertEquals(33, told.losses.size());
      for (Snapshot snapshot : kept.all) {
        float[] rest =
            trainer(plan, new RoundRuns.Told(), new Kept()).resume(snapshot).parameters();
        assertArrayEquals(whole, rest, "from step " + snapshot.position().step());
      }
    }
  }

  @Test
  void everyStepOfARoundHasItsOwnLearningRate() {
    TrainingPlan plan = PLAN.withSchedule(LearningRateSchedule.parse("one-cycle"));
    RoundRuns.Told one = new RoundRuns.Told();
    RoundRuns.one(sessions().get(0), IMAGES, plan.withRounds(Rounds.NONE), one);
    RoundRuns.Told two = new RoundRuns.Told();
    RoundRuns.several(sessions(), IMAGES, plan, two);
    assertEquals(one.learningRates, two.learningRates);
    assertTrue(new HashSet<>(two.learningRates).size() > 25, "" + two.learningRates);
  }

  @Test
  void aStopWaitsForTheEndOfTheRound() {
    Kept kept = new Kept();
    RoundRuns.Told told = new RoundRuns.Told();
    Trainer trainer = trainer(PLAN, told, kept);
    trainer.stopWhen(() -> told.losses.size() > 4);

    trainer.run(RoundRuns.start(NETWORK));

    assertEquals(8, told.losses.size());
    assertEquals(8, kept.all.get(kept.all.size() - 1).position().step());
  }

  @Test
  void divergenceNamesTheStepWithinTheRound() {
    Network plain = NetworkText.parse(IMAGES.shape(), "dense 20, dense 10");
    List<Session> two = List.of(new CpuEngine(1).open(plain, 10), new CpuEngine(1).open(plain, 10));
    opened.addAll(two);
    TrainingPlan plan = TrainingPlan.of(1, 10, 1e18f).withRounds(new Rounds(Shares.equal(2), 4));
    RoundRuns.Told told = new RoundRuns.Told();
    TrainingDivergedException e =
        assertThrows(
            TrainingDivergedException.class,
            () ->
                RoundRuns.trainer(two, IMAGES, plan, told, Optional.empty())
                    .run(RoundRuns.start(plain)));
    assertEquals(
        "the loss is no longer finite at step " + (told.losses.size() + 1),
        e.getMessage().substring(0, e.getMessage().indexOf(" (")));
    assertEquals(0, e.step());
  }
}
