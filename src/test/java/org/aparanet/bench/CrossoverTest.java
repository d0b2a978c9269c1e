package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CrossoverTest {
  private static final Map<Integer, Double> JAVA =
      Map.of(1, 100.0, 8, 800.0, 64, 6400.0, 1024, 102400.0);

  @Test
  void belowTheCrossoverLaunchesCostMoreThanArithmetic() {
    Crossover crossover = crossover(Map.of(1, 500.0, 8, 510.0, 64, 900.0, 1024, 5120.0));

    assertEquals(8, crossover.from());
    assertEquals(20, crossover.speedUp(1024), 1e-9);
    assertEquals(
        "opencl:0 pays from batch 8 on; below, the 6 launches cost more than the arithmetic",
        crossover.sentence());
  }

  /** A step of 8 images takes eight times one of 1: launches are not what it waits for. */
  @Test
  void whereArithmeticIsSlowBelowTheSentenceDoesNotBlameLaunches() {
    Crossover crossover = crossover(Map.of(1, 200.0, 8, 1600.0, 64, 3000.0, 1024, 30000.0));

    assertEquals(
        "opencl:0 pays from batch 64 on; below, the Java engine is faster", crossover.sentence());
  }

  @Test
  void aDeviceMayPayAtEveryBatch() {
    assertEquals(
        "opencl:0 pays from batch 1 on: at batch 1,024 it is 100.0 times as fast as the Java"
            + " engine",
        crossover(Map.of(1, 50.0, 8, 60.0, 64, 80.0, 1024, 1024.0)).sentence());
  }

  @Test
  void aDeviceMayNotPayAtAll() {
    Crossover crossover = crossover(Map.of(1, 1000.0, 8, 8000.0, 64, 64000.0, 1024, 2048000.0));

    assertEquals(0, crossover.from());
    assertEquals(
        "opencl:0 does not pay up to batch 1,024: there the Java engine is 20.0 times as fast",
        crossover.sentence());
  }

  @Test
  void aDeviceMayPayInBetween() {
    Crossover crossover = crossover(Map.of(1, 1000.0, 8, 700.0, 64, 6000.0, 1024, 204800.0));

    assertEquals(0, crossover.from());
    assertEquals(
        "opencl:0 pays at batch 8, 64 only; at batch 1,024 the Java engine is 2.0 times as fast",
        crossover.sentence());
  }

  /** Faster at 1, slower at 8, faster again: from 64 on it can be relied upon. */
  @Test
  void onlyWhatHoldsForAllLargerBatchesCounts() {
    assertEquals(64, crossover(Map.of(1, 90.0, 8, 900.0, 64, 6000.0, 1024, 50000.0)).from());
  }

  @Test
  void batchesThatOneSideDoesNotHaveAreLeftOut() {
    Crossover crossover = crossover(Map.of(8, 900.0, 16, 1.0, 64, 6401.0));

    assertEquals(
        "opencl:0 does not pay up to batch 64: there the Java engine is 1.0 times as fast",
        crossover.sentence());
    assertEquals(
        "opencl:0 and the Java engine have no batch in common, so none can be compared",
        crossover(Map.of(2, 1.0)).sentence());
  }

  private static Crossover crossover(Map<Integer, Double> steps) {
    return new Crossover("opencl:0", 6, new TreeMap<>(steps), new TreeMap<>(JAVA));
  }
}
