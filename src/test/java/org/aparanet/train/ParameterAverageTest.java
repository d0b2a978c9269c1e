package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a state is added to an average, and with which weight. */
class ParameterAverageTest {
  private static final LearningRateSchedule.Run RUN = new LearningRateSchedule.Run(20, 5);
  private static final Network DENSE = NetworkText.parse(new Shape(1, 2, 2), "dense 3");

  private static List<Long> added(ParameterAverage average) {
    List<Long> added =
        LongStream.rangeClosed(1, RUN.steps())
            .filter(step -> average.due(step - 1, step, RUN))
            .boxed()
            .toList();
    assertEquals(!added.isEmpty(), average.adds(RUN));
    return added;
  }

  @Test
  void emaAddsEveryNthState() {
    assertEquals(List.of(5L, 10L, 15L, 20L), added(ParameterAverage.ema("0.99")));
    assertEquals(List.of(7L, 14L), added(ParameterAverage.ema("0.99 every 7")));
    assertEquals(List.of(20L), added(ParameterAverage.ema("0.99 every 20")));
    assertEquals(List.of(), added(ParameterAverage.ema("0.99 every 21")));
    assertEquals(List.of(), added(ParameterAverage.NONE));
  }

  @Test
  void swaAddsTheEndsOfTheLastEpochs() {
    assertEquals(List.of(15L, 20L), added(ParameterAverage.swa("2epochs")));
    assertEquals(List.of(15L, 20L), added(ParameterAverage.swa("0.5")));
    assertEquals(List.of(15L, 20L), added(ParameterAverage.swa("0.45")), "steps 12 to 20");
    assertEquals(List.of(10L, 15L, 20L), added(ParameterAverage.swa("0.7")), "steps 7 to 20");
    assertEquals(List.of(5L, 10L, 15L, 20L), added(ParameterAverage.swa("1")));
    assertEquals(List.of(20L), added(ParameterAverage.swa("0.05")));
    assertEquals(List.of(), added(ParameterAverage.swa("0.02")), "less than half a step");
  }

  @Test
  void swaAddsEveryNthStateOfTheLastPart() {
    assertEquals(List.of(12L, 14L, 16L, 18L, 20L), added(ParameterAverage.swa("0.5 every 2")));
    assertEquals(List.of(18L), added(ParameterAverage.swa("1epoch every 9")));
    assertEquals(List.of(7L, 14L), added(ParameterAverage.swa("1 every 7")));
    assertEquals(List.of(20L), added(ParameterAverage.swa("1epoch every 20")));
    assertEquals(List.of(), added(ParameterAverage.swa("1epoch every 7")), "14 comes too early");
    assertEquals(List.of(), added(ParameterAverage.swa("1epoch every 100000")));
  }

  /** Of several steps that belong together, the state behind the last one is there. */
  @Test
  void aStateBehindSeveralStepsIsAddedOnce() {
    ParameterAverage every2 = ParameterAverage.ema("0.9 every 2");
    assertTrue(every2.due(5, 10, RUN));
    assertTrue(every2.due(3, 4, RUN));
    assertEquals(false, every2.due(4, 5, RUN));
    assertTrue(ParameterAverage.swa("0.5 every 4").due(9, 13, RUN));
    assertEquals(false, ParameterAverage.swa("0.5 every 4").due(6, 10, RUN), "not after 10");
  }

  @Test
  void theFirstStateIsTakenAndLaterOnesWeighLess() {
    ParameterAverage ema = ParameterAverage.ema("0.9 every 2");
    assertEquals(1, ema.weight(0));
    assertEquals(9.0 / 11, ema.weight(1), 1e-15);
    assertEquals(9.0 / 12, ema.weight(2), 1e-15);
    assertEquals(9.0 / 47, ema.weight(37), 1e-15, "1 - 38/47 is more than 1 - 0.81");
    assertEquals(1 - 0.81, ema.weight(38), 1e-15);
    assertEquals(1 - 0.81, ema.weight(1_000_000), 1e-15);
    assertEquals(1, ParameterAverage.ema("0").weight(7));
    ParameterAverage swa = ParameterAverage.swa("0.25");
    assertEquals(1, swa.weight(0));
    assertEquals(0.5, swa.weight(1));
    assertEquals(0.01, swa.weight(99));
  }

  @ParameterizedTest
  @CsvSource({
    "0.99, 0.99",
    "0.990 every 5, 0.99",
    "' .9995  every  1 ', 0.9995 every 1",
    "0, 0",
    "none, none",
  })
  void emaComesBackFromItsText(String text, String written) {
    assertEquals(written, ParameterAverage.ema(text).text());
    assertEquals(ParameterAverage.ema(text), ParameterAverage.ema(written));
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, 0.25",
    "1, 1",
    "1epochs, 1epoch",
    "12epoch every 030, 12epochs every 30",
    "0.10 every 2, 0.1 every 2",
    "none, none",
  })
  void swaComesBackFromItsText(String text, String written) {
    assertEquals(written, ParameterAverage.swa(text).text());
    assertEquals(ParameterAverage.swa(text), ParameterAverage.swa(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.5",
        "-0.1",
        "NaN",
        "0.9.9",
        ".",
        "0.9 every",
        "0.9 every 0",
        "0.9 every 1000001",
        "0.9,every 5",
        "every 5",
        "0.9 every 5 more"
      })
  void otherDecaysAreRefused(String text) {
    assertEquals(
        "\""
            + text
            + "\" is no ema; allowed are none and a decay from 0 to below 1, such as 0.99, also with"
            + " steps behind it, such as \"0.99 every 10\"",
        assertThrows(IllegalArgumentException.class, () -> ParameterAverage.ema(text))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "1.01",
        "-1",
        "0epochs",
        "1000001epochs",
        "2 epochs",
        "epochs",
        "0.5 every 0",
        "9999999999",
        "."
      })
  void otherPartsAreRefused(String text) {
    assertEquals(
        "\""
            + text
            + "\" is no swa; allowed are none and the last part of the run, such as 0.25 or 5epochs,"
            + " also with steps behind it, such as \"0.25 every 10\"",
        assertThrows(IllegalArgumentException.class, () -> ParameterAverage.swa(text))
            .getMessage());
  }

  @Test
  void aLongTextIsNotRepeated() {
    assertEquals(
        "ema of 101 characters; allowed are 100",
        assertThrows(IllegalArgumentException.class, () -> ParameterAverage.ema("9".repeat(101)))
            .getMessage());
  }

  private static TrainingPlan plan(String... options) {
    return Settings.parse(List.of(options)).plan(DENSE);
  }

  @Test
  void aSettingIsKeptInThePlanAndTold() {
    TrainingPlan ema = plan("--ema=0.99");
    assertEquals(new ParameterAverage.Exponential(0.99, 5), ema.average());
    assertEquals("0.99", new TrainingSummary(DENSE, ema, 0).description().get("ema"));
    assertEquals(ema, Settings.of(ema).plan(DENSE));
    TrainingPlan swa = plan("--swa=2epochs", "--ema=none");
    assertEquals(new ParameterAverage.Mean(0, 2, 0), swa.average());
    assertEquals("2epochs", new TrainingSummary(DENSE, swa, 0).description().get("swa"));
    assertEquals(swa, Settings.of(swa).plan(DENSE));
    assertEquals(plan(), plan("--ema=none", "--swa=none"));
  }

  @Test
  void thatOfThePresetMakesWayForAnother() {
    Settings preset = Settings.parse(List.of("--ema=0.99"));
    Settings given = Settings.parse(List.of("--swa=0.5"));
    assertEquals(
        new ParameterAverage.Mean(0.5, 0, 0),
        given.overPreset(preset, false).plan(DENSE).average());
    assertEquals(
        ParameterAverage.NONE,
        Settings.parse(List.of("--ema=none")).overPreset(preset, false).plan(DENSE).average());
  }

  @Test
  void aRunHasOneAverageAndAsManyEpochs() {
    assertEquals(
        "swa: 0.5 and ema 0.9; a run has one average, so leave one of them out",
        assertThrows(SettingException.class, () -> plan("--ema=0.9", "--swa=0.5")).getMessage());
    assertEquals(
        "swa: the last 4 of 3 epochs; it takes all of them at most",
        assertThrows(SettingException.class, () -> plan("--swa=4epochs", "--epochs=3"))
            .getMessage());
  }
}
