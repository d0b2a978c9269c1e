package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.ReferenceFile;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.train.Rounds;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A device that fails among several: the others compute its shares, with the same result. */
class FailingDeviceTest {
  private static final ImageSet IMAGES = ReferenceFile.images().first(300);
  private static final Network NETWORK =
      NetworkText.parse(IMAGES.shape(), "conv 4 5 stride 2, batchnorm relu, dropout 0.3, dense 10");
  private static final TrainingPlan PLAN =
      TrainingPlan.of(3, 30, 0.01f)
          .withOptimizer(new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.999f, 0, 1))
          .withRounds(new Rounds(Shares.parse("2:1:3"), 3));

  private final List<Session> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  /** Fails, or loses its state, at some of its calls. */
  private static final class Faulty extends ForwardingSession {
    int calls;
    int failsAt = Integer.MAX_VALUE;
    int losesFrom = Integer.MAX_VALUE;
    int losesTo;

    Faulty(Session session, String id) {
      super(session, new Device(id, Device.Kind.GPU, "Faulty", "test", 1, 1));
    }

    private void call() {
      calls++;
      if (calls >= failsAt) {
        throw new EngineException(device() + " is gone");
      }
      if (calls >= losesFrom && calls < losesTo) {
        throw new StateLostException(device() + " lost its state");
      }
    }

    @Override
    public int load(ImageSet images) {
      call();
      return super.load(images);
    }

    @Override
    public void restore(TrainingState state) {
      call();
      super.restore(state);
    }

    @Override
    public boolean step(int[] images, int from, int count, LossGradient loss, float rate) {
      call();
      return super.step(images, from, count, loss, rate);
    }

    @Override
    public TrainingState state() {
      call();
      return super.state();
    }

    @Override
    public void infer(int[] images, int from, int count, float[] logits) {
      call();
      super.infer(images, from, count, logits);
    }
  }

  private List<Faulty> sessions(int count) {
    List<Faulty> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Session session = new CpuEngine(1).open(NETWORK, PLAN.batch());
      opened.add(session);
      sessions.add(new Faulty(session, "gpu" + i));
    }
    return sessions;
  }

  private static TrainingResult train(List<Faulty> sessions, RoundRuns.Told told) {
    return RoundRuns.several(List.copyOf(sessions), IMAGES, PLAN, told);
  }

  @Test
  void atAnyMomentTheOthersTakeOverWithTheSameResult() {
    List<Faulty> undisturbed = sessions(3);
    RoundRuns.Told expected = new RoundRuns.Told();
    TrainingResult whole = train(undisturbed, expected);
    Random random = new Random(19);
    for (int i = 0; i < 20; i++) {
      List<Faulty> sessions = sessions(3);
      int failing = random.nextInt(3);
      sessions.get(failing).failsAt = 1 + random.nextInt(undisturbed.get(failing).calls);
      RoundRuns.Told told = new RoundRuns.Told();

      TrainingResult result = train(sessions, told);

      String what = "gpu" + failing + " failed at call " + sessions.get(failing).failsAt;
      assertArrayEquals(whole.parameters(), result.parameters(), what);
      assertEquals(whole.test(), result.test(), what);
      assertEquals(expected.losses, told.losses, what);
      assertEquals(1, told.moved.size(), what + told.moved);
      assertTrue(told.moved.get(0).startsWith("gpu" + failing + " to [gpu"), told.moved.get(0));
    }
  }

  @Test
  void oneDeviceAfterAnotherMayFailButTheLast() {
    List<Faulty> sessions = sessions(3);
    TrainingResult whole = train(sessions(3), new RoundRuns.Told());
    sessions.get(0).failsAt = 20;
    sessions.get(2).failsAt = 31;
    RoundRuns.Told told = new RoundRuns.Told();

    TrainingResult result = train(sessions, told);

    assertArrayEquals(whole.parameters(), result.parameters());
    assertEquals(List.of("gpu0 to [gpu2]", "gpu2 to [gpu1]"), told.moved);
    assertEquals(
        List.of("gpu0", "gpu2", "gpu1"), result.devices().stream().map(Device::id).toList());

    List<Faulty> doomed = sessions(3);
    doomed.forEach(session -> session.failsAt = 40 + session.hashCode() % 3);
    TrainingFailedException failed =
        assertThrows(TrainingFailedException.class, () -> train(doomed, new RoundRuns.Told()));
    assertTrue(failed.getMessage().endsWith(" is gone"), failed.getMessage());
    assertTrue(failed.step() > 0, "step " + failed.step());
  }

  @Test
  void ofTwoThatFailAtOnceNoneTakesOverFromTheOther() {
    List<Faulty> sessions = sessions(3);
    sessions.get(0).failsAt = 2;
    sessions.get(2).failsAt = 2;
    RoundRuns.Told told = new RoundRuns.Told();
    TrainingResult whole = train(sessions(3), new RoundRuns.Told());

    assertArrayEquals(whole.parameters(), train(sessions, told).parameters());

    assertEquals(List.of("gpu0 to [gpu1]", "gpu2 to [gpu1]"), told.moved);
  }

  @Test
  void aStateThatIsLostWhileImagesAreLoadedIsAFailure() {
    List<Faulty> sessions = sessions(3);
    sessions.get(1).losesFrom = 1;
    sessions.get(1).losesTo = 2;
    RoundRuns.Told told = new RoundRuns.Told();
    TrainingResult whole = train(sessions(3), new RoundRuns.Told());

    assertArrayEquals(whole.parameters(), train(sessions, told).parameters());

    assertEquals(List.of("gpu1 to [gpu2]"), told.moved);
  }

  @Test
  void aLostStateIsComputedAnewAndTooManyAreAFailure() {
    TrainingResult whole = train(sessions(3), new RoundRuns.Told());
    List<Faulty> sessions = sessions(3);
    sessions.get(1).losesFrom = 20;
    sessions.get(1).losesTo = 23;
    RoundRuns.Told told = new RoundRuns.Told();
    assertArrayEquals(whole.parameters(), train(sessions, told).parameters());
    assertEquals(3, told.restored);
    assertEquals(List.of(), told.moved);

    List<Faulty> again = sessions(3);
    again.get(1).losesFrom = 20;
    again.get(1).losesTo = 24;
    RoundRuns.Told moved = new RoundRuns.Told();
    assertArrayEquals(whole.parameters(), train(again, moved).parameters());
    assertEquals(3, moved.restored);
    assertEquals(List.of("gpu1 to [gpu2]"), moved.moved);
  }
}
