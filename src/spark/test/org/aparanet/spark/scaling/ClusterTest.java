package org.aparanet.spark.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterTest {
  private static final Cluster CLUSTER = new Cluster(0.1, 0.01, 0, 1e6);

  /** A state of 1 MB takes a second of the link each time. */
  @ParameterizedTest
  @CsvSource({
    "2, 4.12", // 0.1 + 2 tasks + 2 hops + 2 states
    "16, 21.26", // 5 hops, 16 states
    "17, 18.41", // a second stage of 4 tasks; 5 hops, 5 states to each group, 4 sums of 2 MB
    "256, 59.92" // 16 groups of 16: 9 hops, 16 states, 16 sums of 2 MB, 0.2 and 272 tasks
  })
  void overheadIsStagesTasksAndCopies(int executors, double seconds) {
    assertEquals(seconds, CLUSTER.overhead(executors, 1e6), 1e-9);
  }

  @Test
  void roundsOfTheRuleAreAtMostATenthOverhead() {
    for (Work work : ScalingTable.WORKS) {
      for (int executors = 2; executors <= 256; executors *= 2) {
        double overhead = ScalingTable.MEASURED.overhead(executors, work.stateBytes());
        int steps = work.steps(overhead);
        assertTrue(overhead <= 0.1 * steps * work.stepSeconds() + 1e-12);
        assertTrue(work.efficiency(steps, overhead) >= 1 / 1.1 - 1e-12);
        assertTrue(steps == 1 || overhead > 0.1 * (steps - 1) * work.stepSeconds());
      }
    }
  }
}
