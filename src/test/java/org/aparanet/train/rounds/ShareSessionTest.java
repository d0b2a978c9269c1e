package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.ClassWeights;
import org.aparanet.train.Rounds;
import org.aparanet.train.SessionTraining;
import org.aparanet.train.ShardedOrder;
import org.aparanet.train.Shares;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A round of a share depends on its arguments alone. */
class ShareSessionTest {
  private static final ImageSet IMAGES = ReferenceFile.images().first(105);
  private static final Network NETWORK =
      NetworkText.parse(IMAGES.shape(), "conv 4 5 stride 2, batchnorm relu, dropout 0.3, dense 10");
  private static final Shares SHARES = Shares.parse("1:2");

  /** 11 steps an epoch. */
  private static final TrainingPlan PLAN =
      TrainingPlan.of(3, 10, 0.01f)
          .withOptimizer(new Optimizer(Optimizer.Rule.NESTEROV, 0.9f, 0, 0, 1))
          .withAugmentation(Augmentation.parse("shift 1, flip"))
          .withClassWeights(ClassWeights.BALANCED)
          .withRounds(new Rounds(SHARES, 4, true));

  private static final ShardedOrder ORDER = (ShardedOrder) PLAN.order(IMAGES.count());
  private static final TrainingState START =
      TrainingState.start(RoundRuns.start(NETWORK), PLAN.optimizer());

  private final List<Session> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  private Session open() {
    Session session = new CpuEngine(1).open(NETWORK, 10);
    opened.add(session);
    return session;
  }

  private static ShareSession ofAll(Session session) {
    return new ShareSession(
        new SessionTraining(session, IMAGES, PLAN),
        PLAN,
        (share, epoch) -> SHARES.of(share, ORDER.order(epoch), PLAN.batch()));
  }

  private static RoundResult run(ShareSession session, int share, Round round) {
    return session.run(START, share, round, StateObserver.NONE);
  }

  private static void assertSame(RoundResult expected, RoundResult found) {
    assertArrayEquals(expected.state().parameters(), found.state().parameters());
    assertArrayEquals(expected.state().firstMoments(), found.state().firstMoments());
    assertEquals(expected.state().steps(), found.state().steps());
    assertEquals(expected.steps(), found.steps());
    assertEquals(expected.share(), found.share());
  }

  @Test
  void whatWasComputedBeforeMakesNoDifference() {
    Round first = new Round(2, 0, 4, 11);
    Round second = new Round(2, 4, 4, 15);
    RoundResult expected = run(ofAll(open()), 1, second);
    try (ShareSession used = ofAll(open())) {
      run(used, 0, first);
      run(used, 1, first);
      assertSame(expected, run(used, 1, second));
      assertSame(expected, run(used, 1, second)); // as when its result was lost
      run(used, 0, second);
      run(used, 1, new Round(3, 4, 4, 26));
      assertSame(expected, run(used, 1, second));
    }
  }

  @Test
  void aRoundThatFailedIsComputedAnewFromItsFirstImage() {
    Round round = new Round(1, 4, 4, 4);
    RoundResult expected = run(ofAll(open()), 1, round);
    int[] calls = new int[1];
    Session real = open();
    Session failing =
        new ForwardingSession(real, real.device()) {
          @Override
          public boolean step(int[] images, int from, int count, LossGradient loss, float rate) {
            if (++calls[0] == 1 || calls[0] == 7) { // the first step, and the second one
              throw new EngineException("no more");
            }
            return super.step(images, from, count, loss, rate);
          }
        };
    try (ShareSession session = ofAll(failing)) {
      for (int i = 0; i < 2; i++) {
        assertThrows(EngineException.class, () -> run(session, 1, round));
        assertSame(expected, run(session, 1, round));
      }
    }
  }

  /** As where the images of a shard are the only ones that there are. */
  @Test
  void aShardAloneGivesTheSame() {
    for (int share = 0; share < 2; share++) {
      try (ShareSession alone = ofShard(shardAlone(share, Optional.empty()))) {
        for (int from = 0; from < 11; from += 4) {
          Round round = new Round(2, from, Math.min(4, 11 - from), 11 + from);
          assertSame(run(ofAll(open()), share, round), run(alone, share, round));
        }
      }
    }
  }

  /** A session with a shard, or one that has others already. */
  private SessionTraining shardAlone(int share, Optional<SessionTraining> others) {
    int[] shard = ORDER.shard(share);
    byte[] labels = new byte[shard.length];
    for (int i = 0; i < shard.length; i++) {
      labels[i] = IMAGES.labels()[shard[i]];
    }
    ImageSet own =
        new ImageSet(
            "shard",
            IMAGES.shape(),
            IMAGES.stored().select(shard),
            labels,
            IMAGES.classes(),
            IMAGES.classNames());
    return others.isPresent()
        ? others.get().others(own, image -> shard[image])
        : new SessionTraining(
            open(),
            own,
            PLAN,
            PLAN.run(IMAGES.count()),
            PLAN.classWeights().of(IMAGES, NETWORK.classes()),
            image -> shard[image]);
  }

  private static ShareSession ofShard(SessionTraining training) {
    return new ShareSession(
        training, PLAN, (share, epoch) -> ORDER.order(share, ORDER.shard(share).length, epoch));
  }

  /** As where an executor computes the shares of another one that is gone. */
  @Test
  void severalShardsTakeTurnsInOneSession() {
    SessionTraining first = shardAlone(0, Optional.empty());
    SessionTraining second = shardAlone(1, Optional.of(first));
    List<ShareSession> turns = List.of(ofShard(first), ofShard(second));
    for (int from = 0; from < 11; from += 4) {
      Round round = new Round(2, from, Math.min(4, 11 - from), 11 + from);
      for (int share = 0; share < 2; share++) {
        turns.get(share).setOptimizerAgain();
        assertSame(run(ofAll(open()), share, round), run(turns.get(share), share, round));
      }
    }
    turns.forEach(ShareSession::close);
  }
}
