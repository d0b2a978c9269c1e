package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.Optimizer;
import org.aparanet.train.LearningRateSchedule.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateScheduleTest {
  private static final Run RUN = new Run(10, 2);

  /** Factors of the 10 steps of 5 epochs, worked out by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant | 1 1 1 1 1 1 1 1 1 1",
        "step 2 0.5 | 1 1 1 1 0.5 0.5 0.5 0.5 0.25 0.25",
        "cosine | 1 0.9755283 0.9045085 0.7938926 0.6545085 0.5 0.3454915 0.2061074 0.0954915"
            + " 0.0244717",
        "one-cycle | 0.3333333 0.6666667 1 0.875 0.75 0.625 0.5 0.375 0.25 0.125",
        "one-cycle 0.5 | 0.2 0.4 0.6 0.8 1 0.8333333 0.6666667 0.5 0.3333333 0.1666667",
        "one-cycle 0.001 | 1 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1",
        "warmup 4, constant | 0.25 0.5 0.75 1 1 1 1 1 1 1",
        "warmup 2epochs, constant | 0.25 0.5 0.75 1 1 1 1 1 1 1",
        "warmup 1epochs, step 2 0.5 | 0.5 1 1 1 0.5 0.5 0.5 0.5 0.25 0.25",
        "warmup 6, cosine | 0.1666667 0.3333333 0.5 0.6666667 0.8333333 1 1 0.8535534 0.5 0.1464466",
        "warmup 20, cosine | 0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.45 0.5",
      })
  void factorsAreThoseOfTheFormulas(String text, String factors) {
    LearningRateSchedule schedule = LearningRateSchedule.parse(text);
    String[] expected = factors.split(" ");

    for (int step = 0; step < expected.length; step++) {
      assertEquals(
          Double.parseDouble(expected[step]), schedule.factor(step, RUN), 5e-8, "step " + step);
    }
    assertEquals(text, schedule.text());
    assertEquals(schedule, LearningRateSchedule.parse(schedule.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "step 1 0.1", "cosine", "one-cycle", "warmup 3, one-cycle"})
  void everyStepOfAnyRunHasAFactorAboveZero(String text) {
    LearningRateSchedule schedule = LearningRateSchedule.parse(text);

    for (int length : new int[] {1, 2, 3, 7, 100}) {
      assertTrue(
          IntStream.range(0, length)
              .mapToDouble(step -> schedule.factor(step, new Run(length, 1)))
              .limit(20) // 0.1^20 is still above 0 as a float
              .allMatch(factor -> factor > 0 && factor <= 1),
          text + " of " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "linear",
        "step",
        "step 3",
        "step 0 0.1",
        "step 3 0",
        "step 3 1.5",
        "step x 0.1",
        "cosine 3",
        "one-cycle 1",
        "one-cycle 0",
        "one-cycle 0.3 0.4",
        "warmup",
        "warmup 5",
        "warmup 0 cosine",
        "warmup 5 warmup 5 cosine",
        "warmup 99999999999 cosine",
        "step 1 1e999"
      })
  void whatIsNoScheduleIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.parse(text));
  }

  @Test
  void aRefusalSaysWhatIsAllowed() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.parse("linear"));

    assertEquals(
        "\"linear\" is no schedule; allowed are constant, step EPOCHS FACTOR, cosine and one-cycle"
            + " [SHARE], each also behind \"warmup STEPS,\" or \"warmup Nepochs,\"",
        thrown.getMessage());
  }

  @Test
  void aPlanGivesEachStepItsRate() {
    TrainingPlan plan =
        TrainingPlan.of(2, 4, 0.5f)
            .withOptimizer(Optimizer.SGD)
            .withSchedule(LearningRateSchedule.parse("cosine"))
            .withLabelSmoothing(0);
    Run run = plan.run(10);

    assertEquals(new Run(6, 3), run);
    assertEquals(0.5f, plan.learningRate(0, run));
    assertEquals(0.25f, plan.learningRate(3, run));
  }

  @Test
  void valuesOutsideTheirRangesAreRefused() {
    LearningRateSchedule constant = LearningRateSchedule.CONSTANT;
    int most = LearningRateSchedule.MAXIMUM;
    assertEquals(1, new LearningRateSchedule.Step(1, 1).every());
    assertEquals(most, new LearningRateSchedule.Step(most, 0.5).every());
    assertEquals(1, new LearningRateSchedule.Warmup(1, false, constant).length());
    assertEquals(most, new LearningRateSchedule.Warmup(most, true, constant).length());
    List<Executable> wrong =
        List.of(
            () -> new LearningRateSchedule.Step(0, 0.5),
            () -> new LearningRateSchedule.Step(most + 1, 0.5),
            () -> new LearningRateSchedule.Step(1, 0),
            () -> new LearningRateSchedule.Step(1, 1.1),
            () -> new LearningRateSchedule.Warmup(0, false, constant),
            () -> new LearningRateSchedule.Warmup(most + 1, true, constant),
            () ->
                new LearningRateSchedule.Warmup(
                    1, false, new LearningRateSchedule.Warmup(1, false, constant)),
            () -> new LearningRateSchedule.Run(0, 1),
            () -> new LearningRateSchedule.Run(1, 0));
    wrong.forEach(value -> assertThrows(IllegalArgumentException.class, value));
  }
}
