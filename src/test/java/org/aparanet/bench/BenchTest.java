package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** What the bench measures on each device alone. */
class BenchTest extends BenchOnClock {

  @Test
  void everyTimeIsThatOfItsWork() {
    BenchReport report = bench(List.of(40), List.of(), 1, new Timed("cpu", 2_000_000, 50_000));

    Measurement m = report.measurements().get(0);
    // a step of 40 images takes 2 ms and 40 x 50 us; an inference a quarter, loading 7 ms
    assertEquals(0.3, report.devices().get(0).firstOpenSeconds(), 1e-9);
    assertEquals(0.3, m.openSeconds(), 1e-9);
    assertEquals(0.007, m.loadSeconds(), 1e-9);
    assertEquals(10.004, m.firstStepSeconds(), 1e-9, "the first one takes 10 s more");
    assertEquals(4_000_000, m.step().median(), 1e-3);
    assertEquals(4_000_000, m.step().p95(), 1e-3);
    assertEquals(1_000_000, m.inference().median(), 1e-3);
    assertEquals(10_000, m.trainingRate(), 1e-6);
    assertEquals(40_000, m.inferenceRate(), 1e-6);
    assertEquals(
        List.of("first 1000.0", "second 3000.0"),
        m.parts().stream().map(p -> p.part().name() + " " + p.part().nanos()).toList(),
        "medians");
    assertEquals("told", m.method());
    assertEquals(List.of(), report.notes());
    assertEquals(List.of("cpu 40 4000000"), points(report));
  }

  /** A second batch takes twice the time, not forty times. */
  @Test
  void theNextBatchIsMeasuredIfItsImagesTakeNoLonger() {
    BenchReport report = bench(List.of(40, 80), List.of(), 0.02, new Timed("cpu", 0, 50_000));

    // 3.5 steps of 4 ms are 14 ms, and 2.5 times 20 ms are allowed
    assertEquals(List.of(40, 80), report.measurements().stream().map(Measurement::batch).toList());
    // within 20 ms there is room for some steps only
    assertEquals(List.of(), report.notes().stream().filter(n -> n.contains("left out")).toList());
  }

  @Test
  void aBatchThatWouldTakeTooLongIsLeftOutAndSaidSo() {
    BenchReport report = bench(List.of(40, 4000), List.of(), 0.02, new Timed("cpu", 0, 50_000));

    assertEquals(List.of(40), report.measurements().stream().map(Measurement::batch).toList());
    assertEquals(
        "net, batch 4,000, on cpu was left out: a step would take about 0.2 s.",
        report.notes().get(report.notes().size() - 1));
  }

  @Test
  void fewSamplesAreSaidSo() {
    BenchReport report = bench(List.of(4), List.of(), 1, new Timed("cpu", 0, 150_000_000));

    // half a second is for steps of 0.6 s
    assertEquals(
        List.of("net, batch 4, on cpu: a step takes 0.6 s, so only 1 was measured."),
        report.notes());
  }

  /** From 40 images in 2 ms, those of 640 may be expected in 64 ms; 2.5 times 100 are allowed. */
  @Test
  void theCurveGoesUpToTheLargestBatch() {
    BenchReport report =
        bench(List.of(40, 640), List.of(1, 160, 640, 2560), 1, new Timed("cpu", 0, 50_000));

    assertEquals(
        List.of("cpu 40 2000000", "cpu 640 32000000", "cpu 1 50000", "cpu 160 8000000"),
        points(report));
  }

  @Test
  void pointsThatWouldTakeTooLongAreLeftOut() {
    // 2 steps of 160 images at 1 ms are 320 ms; 2.5 times 0.1 s are allowed
    BenchReport report =
        bench(List.of(16, 160), List.of(16, 120, 160), 0.05, new Timed("cpu", 0, 1e6));

    assertEquals(List.of("cpu 16 16000000", "cpu 120 120000000"), points(report));
  }

  /** 1.6 ms against 10 us an image: equal at 160 images, between 128 and 256. */
  @Test
  void theCrossoverIsLookedForBetweenTheBatches() {
    BenchReport report =
        bench(
            List.of(8, 1024),
            List.of(),
            1,
            new Timed("opencl:0", 1_600_000, 0),
            new Timed("cpu", 0, 10_000));

    Crossover crossover = report.crossovers(report.cases().get(0)).get(0);
    assertEquals(256, crossover.from());
    assertEquals(1.6, crossover.speedUp(256), 1e-9);
    assertEquals(0.8, crossover.speedUp(128), 1e-9);
    assertEquals(6.4, crossover.speedUp(1024), 1e-9);
  }

  /**
   * deep takes 18,691,840 multiply-adds for an image of MNIST, and 101,018,880 for one of 3x64x64.
   */
  @Test
  void batchesAreSmallerForLargeNetworks() {
    assertEquals(List.of(128, 1024), batches(NamedNetwork.DEEP, new Shape(1, 28, 28), false));
    assertEquals(List.of(32), batches(NamedNetwork.DEEP, new Shape(1, 28, 28), true));
    assertEquals(List.of(64, 1024), batches(NamedNetwork.LENET, new Shape(1, 28, 28), false));
    assertEquals(List.of(64), batches(NamedNetwork.LENET, new Shape(1, 28, 28), true));
    assertEquals(List.of(4), batches(NamedNetwork.DEEP, new Shape(3, 64, 64), true));
    assertEquals(List.of(1), batches(NamedNetwork.RESNET18, new Shape(3, 224, 224), true));
    assertEquals(List.of(1, 1024), batches(NamedNetwork.RESNET18, new Shape(3, 224, 224), false));
  }

  private static List<Integer> batches(NamedNetwork named, Shape input, boolean quick) {
    Network network = named.network(input, named.usualClasses());
    return DefaultBatches.of(named.label(), network, quick).batches();
  }

  @Test
  void aSmallerBatchThanUsualIsExplained() {
    Network network = NamedNetwork.RESNET18.network(new Shape(3, 224, 224), 1000);

    assertEquals(
        Optional.of(
            "resnet18: batch 1 instead of 64, as an image of 3x224x224 takes 1,814 million"
                + " multiply-adds forward; --batch N asks for another."),
        DefaultBatches.of("resnet18", network, true).note());
    assertEquals(Optional.empty(), DefaultBatches.of("net", NETWORK, true).note());
    Network deep = NamedNetwork.DEEP.network(new Shape(1, 28, 28), 10);
    assertEquals(Optional.empty(), DefaultBatches.of("deep", deep, true).note());
    assertEquals(Optional.empty(), DefaultBatches.of("deep", deep, false).note());
  }

  @Test
  void whatThePlanLeftOutIsInTheReport() {
    BenchPlan plan =
        new BenchPlan(
            List.of(new BenchCase("net", NETWORK, List.of(8))),
            List.of(new Timed("cpu", 0, 10_000)),
            new BenchPlan.Pace(1, 0.1, List.of(), false),
            List.of("Something was left out."));

    assertEquals(List.of("Something was left out."), run(plan).notes());
  }

  @Test
  void aDeviceWithoutRoomIsSaidSo() {
    BenchReport report =
        bench(
            List.of(8),
            List.of(),
            1,
            new Timed("opencl:0", 1_000, 0) {
              @Override
              public Session open(Network network, int batch) {
                if (network.equals(NETWORK) && batch == 8) {
                  throw new EngineException("there is no room");
                }
                return super.open(network, batch);
              }
            },
            new Timed("cpu", 0, 10_000));

    assertEquals(
        List.of("net, batch 8, on opencl:0 was left out: there is no room."), report.notes());
    assertEquals(1, report.unmeasured().size());
  }

  private static List<String> points(BenchReport report) {
    List<String> points = new ArrayList<>();
    for (BenchPoint point : report.points()) {
      points.add(point.device().id() + " " + point.batch() + " " + Math.round(point.nanos()));
    }
    return points;
  }
}
