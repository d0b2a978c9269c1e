package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class ScheduleTextFuzzTest {
  private static final LearningRateSchedule.Run RUN = new LearningRateSchedule.Run(100, 10);

  @FuzzTest(maxDuration = "60s")
  void anyTextIsAScheduleThatComesBackOrIsRefusedInOneSentence(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    LearningRateSchedule schedule;
    try {
      schedule = LearningRateSchedule.parse(text);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().length() < 500, e.getMessage());
      return;
    }
    assertEquals(schedule, LearningRateSchedule.parse(schedule.text()), text);
    for (long step = 0; step < 100; step++) {
      double factor = schedule.factor(step, RUN);
      assertTrue(factor >= 0 && factor <= 1, () -> text + ": " + factor);
    }
  }
}
