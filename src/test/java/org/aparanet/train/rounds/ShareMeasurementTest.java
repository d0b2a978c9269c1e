package org.aparanet.train.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
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
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How speeds are measured, and what shares they make. */
class ShareMeasurementTest {
  private static final ImageSet IMAGES = ReferenceFile.images().first(100);
  private static final Network NETWORK =
      NetworkText.parse(IMAGES.shape(), "pool 4, batchnorm, dense 10");
  private static final TrainingPlan PLAN =
      TrainingPlan.of(1, 20, 0.1f)
          .withOptimizer(new Optimizer(Optimizer.Rule.ADAM, 0.9f, 0.9f, 0, 1));

  /** As long as a device needs for an image is, this is little. */
  private static final long NANOS = 200_000_000;

  private final List<Session> opened = new ArrayList<>();
  private final Set<Integer> counts = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    opened.forEach(Session::close);
  }

  private Session timed(String name, double millisecondsPerImage) {
    Session session = new CpuEngine(1).open(NETWORK, PLAN.batch());
    opened.add(session);
    return new ForwardingSession(session, new Device(name, Device.Kind.GPU, name, "test", 1, 1)) {
      @Override
      public boolean step(int[] images, int from, int count, LossGradient loss, float rate) {
        counts.add(count);
        long end = System.nanoTime() + (long) (1e6 * count * millisecondsPerImage);
        boolean finite = super.step(images, from, count, loss, rate);
        while (System.nanoTime() < end) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
        return finite;
      }
    };
  }

  private static List<ShareMeasurement.Speed> measured(List<Session> sessions) {
    return ShareMeasurement.of(
        sessions,
        RoundRuns.start(NETWORK),
        IMAGES,
        PLAN,
        NANOS,
        (session, cause) -> {
          throw cause;
        });
  }

  /** Nothing is faster than it can be; how much slower, depends on what else the machine does. */
  @Test
  void aDeviceThatIsSlowerByTheImageHasALowerSpeed() {
    List<ShareMeasurement.Speed> speeds = measured(List.of(timed("slow", 8), timed("fast", 1)));

    assertEquals("slow", speeds.get(0).session().device().id());
    assertTrue(speeds.get(0).imagesPerSecond() <= 125, speeds::toString);
    assertTrue(speeds.get(1).imagesPerSecond() <= 1000, speeds::toString);
    assertTrue(speeds.get(0).imagesPerSecond() < speeds.get(1).imagesPerSecond(), speeds::toString);
    assertEquals(Set.of(10), counts, "an equal share of the batch each");
  }

  @Test
  void devicesOfTheSameNameHaveTheSameSpeed() {
    List<ShareMeasurement.Speed> speeds =
        measured(List.of(timed("a", 1), timed("b", 1), timed("a", 4)));
    assertEquals(speeds.get(0).imagesPerSecond(), speeds.get(2).imagesPerSecond());
    assertTrue(speeds.get(0).imagesPerSecond() <= (1000 + 250) / 2);
  }

  private static final class Failing extends ForwardingSession {
    private final EngineException failure;
    private int steps;
    private int restored;

    Failing(Session session, EngineException failure) {
      super(session, session.device());
      this.failure = failure;
    }

    @Override
    public boolean step(int[] images, int from, int count, LossGradient loss, float rate) {
      steps++;
      if (steps == 3) {
        throw failure;
      }
      return super.step(images, from, count, loss, rate);
    }

    @Override
    public void setParameters(float[] values) {
      restored++;
      super.setParameters(values);
    }
  }

  @Test
  void aDeviceThatFailsIsToldAndTheOthersAreMeasuredAllTheSame() {
    List<String> told = new ArrayList<>();
    Session good = timed("good", 1);
    Session bad = new Failing(timed("bad", 1), new EngineException("it smokes"));
    List<ShareMeasurement.Speed> speeds =
        ShareMeasurement.of(
            List.of(bad, good),
            RoundRuns.start(NETWORK),
            IMAGES,
            PLAN,
            NANOS,
            (session, cause) -> told.add(session.device().id() + ": " + cause.getMessage()));
    assertEquals(List.of("bad: it smokes"), told);
    assertEquals(List.of(good), speeds.stream().map(ShareMeasurement.Speed::session).toList());
    assertEquals(
        "it smokes",
        assertThrows(
                EngineException.class,
                () ->
                    measured(
                        List.of(
                            good, new Failing(timed("x", 1), new EngineException("it smokes")))))
            .getMessage());
  }

  @Test
  void aLostStateIsSetAnew() {
    Failing losing = new Failing(timed("losing", 1), new StateLostException("lost it"));
    assertEquals(1, measured(List.of(losing)).size());
    assertTrue(losing.steps > 3);
    assertEquals(2, losing.restored);
  }

  /** The training begins as if nothing had been measured. */
  @Test
  void aRunAfterwardsIsThatOfSessionsThatWereNotMeasured() {
    TrainingPlan plan = PLAN.withRounds(new Rounds(Shares.parse("3:1"), 2));
    TrainingResult expected =
        RoundRuns.several(
            List.of(timed("a", 0), timed("b", 0)), IMAGES, plan, new RoundRuns.Told());
    List<Session> sessions = List.of(timed("a", 0), timed("b", 0));
    float[] start = RoundRuns.start(NETWORK);
    TrainingState before = sessions.get(0).state();
    measured(sessions);
    assertTrue(sessions.get(0).state().steps() > before.steps(), "it was used");
    assertArrayEquals(RoundRuns.start(NETWORK), start);

    TrainingResult found = RoundRuns.several(sessions, IMAGES, plan, new RoundRuns.Told());

    assertArrayEquals(expected.parameters(), found.parameters());
    assertEquals(expected.test(), found.test());
  }

  @ParameterizedTest
  @CsvSource({
    "630 370, 63:37",
    "1 1 1, 34:33:33",
    "5, 100",
    "999 1, 99:1",
    "1e6 1 1, 98:1:1",
    "0.2 0.6 0.2, 20:60:20",
    "2 1, 67:33",
  })
  void sharesAreWholePercentsOfAtLeastOne(String speeds, String shares) {
    List<ShareMeasurement.Speed> measured = new ArrayList<>();
    for (String speed : speeds.split(" ")) {
      measured.add(new ShareMeasurement.Speed(null, Double.parseDouble(speed)));
    }
    assertEquals(shares, ShareMeasurement.shares(measured).toString());
  }
}
