package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aparanet.engine.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingPlanTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1e-9", "1000000, 65536, 1e9"})
  void bothEndsOfEachRangeAreAllowed(int epochs, int batch, float learningRate) {
    TrainingPlan plan = TrainingPlan.of(epochs, batch, learningRate);
    assertEquals(epochs, plan.epochs());
    assertEquals(batch, plan.batch());
    assertEquals(learningRate, plan.learningRate());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, '0 epochs; allowed are 1 to 1000000'",
    "1000001, 1, 1, '1000001 epochs; allowed are 1 to 1000000'",
    "1, 0, 1, 'a batch of 0 images; allowed are 1 to 65536'",
    "1, 65537, 1, 'a batch of 65537 images; allowed are 1 to 65536'",
    "1, 1, 0, 'learning rate 0.0; it must be finite and above 0'",
    "1, 1, -1, 'learning rate -1.0; it must be finite and above 0'",
    "1, 1, NaN, 'learning rate NaN; it must be finite and above 0'",
    "1, 1, Infinity, 'learning rate Infinity; it must be finite and above 0'"
  })
  void whatIsOutsideIsRefused(int epochs, int batch, float learningRate, String sentence) {
    assertEquals(
        sentence,
        assertThrows(
                IllegalArgumentException.class, () -> TrainingPlan.of(epochs, batch, learningRate))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1f, Float.NaN})
  void smoothingIsFromZeroToBelowOne(float smoothing) {
    TrainingPlan plan = TrainingPlan.of(1, 1, 1);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            plan.withOptimizer(Optimizer.SGD)
                .withSchedule(LearningRateSchedule.CONSTANT)
                .withLabelSmoothing(smoothing));
  }

  @Test
  void testsAndPatienceHaveLeastValues() {
    TrainingPlan plan = TrainingPlan.of(1, 1, 1);
    assertEquals(1, plan.withTestEvery(1).withPatience(0).testEvery());
    assertEquals(0, plan.withTestEvery(1).withPatience(0).patience());
    assertThrows(IllegalArgumentException.class, () -> plan.withTestEvery(0).withPatience(0));
    assertThrows(IllegalArgumentException.class, () -> plan.withTestEvery(1).withPatience(-1));
  }

  /** 100 images in batches of 8: twelve whole ones and one of four. */
  @Test
  void lastStepOfAnEpochMayBeRagged() {
    TrainingPlan plan = TrainingPlan.of(3, 8, 1);
    assertEquals(13, plan.stepsPerEpoch(100));
    assertEquals(12, plan.stepsPerEpoch(96));
    assertEquals(1, plan.stepsPerEpoch(1));
    assertEquals(new LearningRateSchedule.Run(39, 13), plan.run(100));
  }

  /** A session need not be larger than a share where it is known before: on a cluster. */
  @Test
  void sessionsOfAClusterAreAsLargeAsTheLargestShare() {
    TrainingPlan plan = TrainingPlan.of(1, 10, 1);
    Shares shares = Shares.parse("1:2:1");

    assertEquals(10, plan.sessionBatch());
    assertEquals(10, plan.withRounds(new Rounds(shares, 1)).sessionBatch());
    assertEquals(5, plan.withRounds(new Rounds(shares, 1)).largestShare());
    assertEquals(5, plan.withRounds(new Rounds(shares, 1, true)).sessionBatch());
  }
}
