package org.aparanet.train.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.aparanet.data.ImageSet;
import org.aparanet.data.augment.Augmentation;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.LearningRateSchedule;
import org.aparanet.train.ParameterAverage;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainers;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments, running statistics, dropout and augmentation survive a device's faults as well. */
class WholeStateTest {
  private static final Shape INPUT = new Shape(1, 6, 5);
  private static final Network NETWORK =
      NetworkText.parse(INPUT, "conv 3 3 nobias, batchnorm relu, dropout 0.3, dense 3");
  private static final float[] START = Initialization.HE.draw(NETWORK, 5);
  private static final int STEPS = 12;

  private final List<String> said = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Optimizer.Rule.class)
  void aLostStateAndAnotherDeviceGiveTheSameResult(Optimizer.Rule rule) {
    requireTheSameResult(plan(rule), rule.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ema 0.8 every 1", "ema 0.9 every 2", "swa 0.8 every 2", "swa 2epochs"})
  void soDoAverages(String text) {
    String rule = text.substring(4);
    requireTheSameResult(
        plan(Optimizer.Rule.NESTEROV)
            .withAverage(
                text.startsWith("ema") ? ParameterAverage.ema(rule) : ParameterAverage.swa(rule)),
        text);
  }

  private void requireTheSameResult(TrainingPlan plan, String rule) {
    float[] expected = train(plan, new Faults(Set.of(), STEPS + 1));
    for (int at = 1; at <= STEPS; at++) {
      assertArrayEquals(
          expected, train(plan, new Faults(Set.of(at), STEPS + 9)), rule + " lost at " + at);
      assertArrayEquals(
          expected, train(plan, new Faults(Set.of(), at)), rule + " failed at step " + at);
    }
    assertEquals(2 * STEPS, said.size(), "" + said);
  }

  private record Faults(Set<Integer> losses, int failure) {}

  private float[] train(TrainingPlan plan, Faults faults) {
    CpuEngine engine = new CpuEngine(1);
    try (Session session = new Faulty(engine.open(NETWORK, plan.batch()), faults);
        Session other = engine.open(NETWORK, plan.batch())) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void restored(StateLostException cause, long step) {
              said.add("restored " + step);
            }

            @Override
            public void fellBack(EngineException cause, Device device, long step) {
              said.add("fell back " + step);
            }
          };
      return Trainers.of(
              session,
              Optional.of(() -> other),
              images("train", 29),
              images("test", 9),
              plan,
              listener)
          .run(START)
          .parameters();
    }
  }

  /** Three epochs of four steps, with snapshots at other places than their ends as well. */
  private static TrainingPlan plan(Optimizer.Rule rule) {
    Optimizer optimizer =
        new Optimizer(
            rule, rule.moments() > 0 ? 0.9f : 0, rule.moments() > 1 ? 0.99f : 0, 0.01f, 0.5f);
    return TrainingPlan.of(3, 8, 0.02f)
        .withSeed(3)
        .withSync(SyncInterval.parse("3"))
        .withOptimizer(optimizer)
        .withSchedule(LearningRateSchedule.parse("one-cycle"))
        .withLabelSmoothing(0.1f)
        .withAugmentation(Augmentation.parse("shift 1, rotate 20"));
  }

  private static ImageSet images(String name, int count) {
    Random random = new Random(count);
    byte[] pixels = new byte[count * INPUT.size()];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(3);
    }
    return new ImageSet(name, INPUT, pixels, labels, 3);
  }

  /** Really forgets what it holds. */
  private static final class Faulty extends ForwardingSession {
    private final Faults faults;
    private int calls;

    Faulty(Session session, Faults faults) {
      super(session, session.device());
      this.faults = faults;
    }

    @Override
    public boolean step(int[] indices, int from, int count, LossGradient loss, float rate) {
      calls++;
      if (faults.losses.contains(calls)) {
        TrainingState empty = state();
        super.restore(
            new TrainingState(
                new float[empty.parameters().length],
                new float[empty.firstMoments().length],
                new float[empty.secondMoments().length],
                999));
        throw new StateLostException("lost");
      }
      if (calls >= faults.failure) {
        throw new EngineException("gone");
      }
      return super.step(indices, from, count, loss, rate);
    }
  }
}
