package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.model.Network;
import org.junit.jupiter.api.Test;

/** What the bench measures on several devices together. */
class TogetherTest extends BenchOnClock {

  /**
   * The devices divide a batch of 40 as 3 to 1, and their work adds up on this clock: 30 images of
   * 30 us and 10 of 90 us are 1.8 ms, and setting and reading two states are 0.4 ms a round. Ten
   * rounds and a round of ten steps are 40.4 ms, and 0.375 s have room for ten such comparisons.
   */
  @Test
  void devicesAreTimedTogetherWithSharesByTheirSpeed() {
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            1,
            new Timed("opencl:0", 0, 30_000),
            new Timed("cpu", 0, 90_000));

    assertEquals(1, report.together().size());
    TogetherMeasurement m = report.together(report.cases().get(0), 40).orElseThrow();
    assertEquals("opencl:0 (75 %) + cpu (25 %)", m.devices());
    assertEquals("opencl:0", m.fastest().device().id());
    assertEquals(1_200_000, m.fastest().nanos(), 1e-3);
    assertEquals(2_200_000, m.step().median(), 1e-3);
    assertEquals(100, m.step().nanos().size());
    assertEquals(40e9 / 2_200_000, m.trainingRate(), 1e-6);
    assertEquals(1.2 / 2.2, m.speedUp(), 1e-9);
    assertEquals(10, m.roundSteps());
    assertEquals(10, m.averaging().nanos().size());
    m.averaging().nanos().forEach(nanos -> assertEquals(400_000, nanos, 1e-3));
    assertEquals(400_000, m.averagingNanos(), 1e-3);
    assertEquals(
        "opencl:0 (75 %) + cpu (25 %) are 0.55 times as fast as opencl:0 alone; averaging costs"
            + " 400 us a round",
        m.sentence());
    assertEquals(List.of(), report.notes());
  }

  /** There would be time for 72 comparisons of 5.2 ms. */
  @Test
  void thereAreFourHundredRoundsAtMost() {
    BenchReport report =
        bench(
            List.of(40), List.of(), 1, new Timed("opencl:0", 0, 1_000), new Timed("cpu", 0, 1_000));

    assertEquals(400, report.together().get(0).step().nanos().size());
    assertEquals(40, report.together().get(0).averaging().nanos().size());
  }

  /** A device alone has nothing to average, and is no news. */
  @Test
  void oneDeviceAloneIsNotTimedTogether() {
    BenchReport report = bench(List.of(40), List.of(), 1, new Timed("cpu", 0, 90_000));

    assertEquals(List.of(), report.together());
    assertEquals(List.of(), report.notes());
  }

  /** 1 % of a batch of 40 is less than an image. */
  @Test
  void aDeviceWhoseShareHasNoImageIsLeftOut() {
    Engine slow = new Timed("opencl:1", 0, 9_000_000);
    BenchReport three =
        bench(
            List.of(40),
            List.of(),
            1,
            new Timed("opencl:0", 0, 30_000),
            slow,
            new Timed("cpu", 0, 90_000));
    BenchReport two = bench(List.of(40), List.of(), 1, slow, new Timed("cpu", 0, 90_000));

    assertEquals("opencl:0 (75 %) + cpu (25 %)", three.together().get(0).devices());
    assertEquals(
        List.of(
            "net, batch 40, on opencl:1 beside opencl:0 + cpu was left out: the batch is too small"
                + " for a share by speed."),
        three.notes().stream().filter(note -> note.contains("beside")).toList());
    assertEquals(List.of(), two.together());
    assertEquals(
        List.of(
            "net, batch 40, on opencl:1 beside cpu was left out: the batch is too small for a share"
                + " by speed."),
        two.notes().stream().filter(note -> note.contains("beside")).toList());
  }

  /** Two devices of 0.4 s would take 0.2 s; the least are five steps, and 0.5 s 2.5 times. */
  @Test
  void whatTakesTooLongTogetherIsLeftOut() {
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            0.8,
            new Timed("opencl:0", 0, 10_100_000),
            new Timed("cpu", 0, 10_100_000));

    assertEquals(2, report.measurements().size());
    assertEquals(List.of(), report.together());
    assertEquals(
        "net, batch 40, on opencl:0 + cpu together was left out: a step would take about 0.2 s.",
        report.notes().get(report.notes().size() - 1));
  }

  /** What is left is one comparison with rounds of two steps. */
  @Test
  void longStepsAreComparedOnce() {
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            0.8,
            new Timed("opencl:0", 0, 9_900_000),
            new Timed("cpu", 0, 9_900_000));

    TogetherMeasurement m = report.together().get(0);
    assertEquals(2, m.roundSteps());
    assertEquals(2, m.step().nanos().size());
    assertEquals(List.of(400_000.0), m.averaging().nanos());
    assertEquals(
        "net, batch 40, on opencl:0 + cpu together: what averaging costs was compared 1 time only.",
        report.notes().get(report.notes().size() - 1));
  }

  /** The second session of a device is that of all devices together. */
  @Test
  void aDeviceThatFailsAmongTheOthersIsSaidSo() {
    failing = 2;
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            1,
            new Timed("opencl:0", 0, 30_000),
            new Timed("cpu", 0, 90_000));

    assertEquals(2, report.measurements().size());
    assertEquals(List.of(), report.together());
    assertEquals(
        List.of(
            "net, batch 40, on opencl:0 + cpu together was left out: opencl:0 (Timed) is gone."),
        report.notes());
  }

  @Test
  void aLossThatIsNotFiniteIsSaidSo() {
    spoilt = true;
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            1,
            new Timed("opencl:0", 0, 30_000),
            new Timed("cpu", 0, 90_000));

    assertEquals(List.of(), report.together());
    assertEquals(
        List.of(
            "net, batch 40, on opencl:0 + cpu together was left out: the loss is not finite,"
                + " although each device alone is right."),
        report.notes());
  }

  @Test
  void aDeviceWithoutRoomBesideTheOthersIsSaidSo() {
    BenchReport report =
        bench(
            List.of(40),
            List.of(),
            1,
            new Timed("opencl:0", 0, 30_000),
            new Timed("cpu", 0, 90_000) {
              private int opened;

              @Override
              public Session open(Network network, int batch) {
                if (batch == 40 && ++opened == 2) {
                  throw new EngineException("there is no room");
                }
                return super.open(network, batch);
              }
            });

    assertEquals(List.of(), report.together());
    assertEquals(
        List.of("net, batch 40, on opencl:0 + cpu together was left out: there is no room."),
        report.notes());
  }
}
